//! Log files, written to the trail's bucket (S3 reference, CloudTrail delivery layout).

use std::collections::BTreeMap;

use bytes::Bytes;
use tributary_vocabulary::{EventRecord, Region};

use super::file::LogFile;
use super::key;
use super::lane::Written;
use crate::cloudtrail::state::Timer;
use crate::cloudtrail::trail::TrailKey;
use crate::cloudtrail::{BUCKET_OWNER_FULL_CONTROL, SERVICE};
use crate::kernel::{Caller, ServiceError, Timer as AnyTimer, World};
use crate::s3::Description;
use crate::s3::ops::put_object;

/// The largest log file, compressed, in bytes (CloudTrail quotas).
const FILE_MAX_BYTES: usize = 50 * 1024 * 1024;
const ALPHANUMERIC: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// Adds a record to the trail's log file of a Region; the first of a file sets its deadline.
pub(in crate::cloudtrail) fn buffer(
    world: &mut World,
    key: &TrailKey,
    region: &Region,
    event: &EventRecord,
) {
    let level = world.settings.cloudtrail.gzip_level;
    let due = world.now.plus_ms(world.settings.cloudtrail.file_after_ms.max(0));
    let state = &mut world.cloudtrail;
    let Some(trail) = state.trails.get_mut(key) else { return };
    if !trail.lanes.contains_key(region) {
        trail.lanes.insert(region.clone(), super::Lane::default());
    }
    let Some(lane) = trail.lanes.get_mut(region) else { return };
    let first = lane.file.is_none();
    let file = lane.file.get_or_insert_with(|| LogFile::new(event.timestamp));
    file.push(&mut state.packer, level, event.timestamp, &event.message);
    let full = file.packed_bytes() >= FILE_MAX_BYTES;
    let (generation, number) = (trail.generation, lane.files);
    if first {
        let (trail, region) = (key.clone(), region.clone());
        let timer = Timer::File { trail, generation, region, file: number };
        world.set_timer(due, AnyTimer::CloudTrail(timer));
    }
    if full {
        write_file(world, key, region);
    }
}

/// Writes every log file of a trail that has records.
pub(in crate::cloudtrail) fn write_all_files(world: &mut World, key: &TrailKey) {
    let Some(trail) = world.cloudtrail.trails.get(key) else { return };
    for region in trail.lanes.keys().cloned().collect::<Vec<_>>() {
        write_file(world, key, &region);
    }
}

/// Writes the trail's log file of a Region, when it has records. A file that the bucket refuses is
/// counted, and lies nowhere.
pub(in crate::cloudtrail) fn write_file(world: &mut World, key: &TrailKey, region: &Region) {
    let level = world.settings.cloudtrail.gzip_level;
    let now = world.now;
    let state = &mut world.cloudtrail;
    let Some(trail) = state.trails.get_mut(key) else { return };
    let Some(lane) = trail.lanes.get_mut(region) else { return };
    let Some(file) = lane.file.take() else { return };
    lane.files += 1;
    let packed = file.finish(&mut state.packer, level);
    let end = state.file_ids.text(ALPHANUMERIC, 16);
    let object_key = key::of_file(key, trail.prefix.as_deref(), region, now, &end);
    let bucket = trail.bucket.clone();
    let put = put(world, key, &bucket, &object_key, packed.body, BTreeMap::new());
    let Some(trail) = world.cloudtrail.trails.get_mut(key) else { return };
    trail.status.bucket.note(now, put.as_ref().err().map(code_of));
    if put.is_err() {
        trail.statistics.files_refused += 1;
        trail.statistics.bucket_undelivered += packed.records;
        let records = packed.records.to_string();
        world.trace("cloudtrail.file refused", &object_key, records.as_bytes());
        return;
    }
    trail.statistics.files += 1;
    trail.statistics.bucket_delivered += packed.records;
    if trail.validation
        && let Some(lane) = trail.lanes.get_mut(region)
    {
        let (hash, oldest, newest) = (packed.hash, packed.oldest, packed.newest);
        lane.unlisted.push(Written { bucket, key: object_key, hash, oldest, newest });
    }
}

/// Writes an object as CloudTrail: as the service, for the trail, with the ACL that the bucket's
/// policy demands.
pub(super) fn put(
    world: &mut World,
    key: &TrailKey,
    bucket: &str,
    object_key: &str,
    body: Bytes,
    metadata: BTreeMap<String, String>,
) -> Result<(), ServiceError> {
    let caller = Caller::service(SERVICE, key.account, key.region.clone(), Some(key.arn()));
    let input = put_object::Input {
        bucket: bucket.to_owned(),
        key: object_key.to_owned(),
        body,
        description: Description {
            content_type: Some("application/json".to_owned()),
            content_encoding: Some("gzip".to_owned()),
            metadata,
            ..Description::default()
        },
        acl: Some(BUCKET_OWNER_FULL_CONTROL.to_owned()),
        ..put_object::Input::default()
    };
    put_object::run(world, &caller, input).map(|_| ())
}

/// An error of S3 as GetTrailStatus tells it: its code, as S3 writes it.
pub(super) fn code_of(error: &ServiceError) -> String {
    if error.is_access_denied() { "AccessDenied".to_owned() } else { error.code.to_string() }
}
