//! Digest files: what log files there are, chained and signed (S3 reference, CloudTrail delivery
//! layout; CloudTrail user guide, digest file structure).

use std::collections::BTreeMap;

use serde::Serialize;
use tributary_vocabulary::{Region, Timestamp};

use super::bucket::{code_of, put};
use super::file::pack_text;
use super::lane::{Lane, Previous, Written};
use super::{iso, key};
use crate::cloudtrail::state::Timer;
use crate::cloudtrail::trail::TrailKey;
use crate::kernel::{Timer as AnyTimer, World};

const HASH_ALGORITHM: &str = "SHA-256";
const SIGNATURE_ALGORITHM: &str = "SHA256withRSA";

/// A digest file's text.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct DigestFile<'a> {
    aws_account_id: &'a str,
    digest_start_time: String,
    digest_end_time: &'a str,
    #[serde(rename = "digestS3Bucket")]
    bucket: &'a str,
    #[serde(rename = "digestS3Object")]
    object: &'a str,
    digest_public_key_fingerprint: &'a str,
    digest_signature_algorithm: &'a str,
    newest_event_time: Option<String>,
    oldest_event_time: Option<String>,
    #[serde(rename = "previousDigestS3Bucket")]
    previous_bucket: Option<&'a str>,
    #[serde(rename = "previousDigestS3Object")]
    previous_object: Option<&'a str>,
    previous_digest_hash_value: Option<&'a str>,
    previous_digest_hash_algorithm: Option<&'a str>,
    previous_digest_signature: Option<&'a str>,
    log_files: Vec<ListedFile<'a>>,
}

/// A log file as a digest file lists it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ListedFile<'a> {
    #[serde(rename = "s3Bucket")]
    bucket: &'a str,
    #[serde(rename = "s3Object")]
    object: &'a str,
    hash_value: &'a str,
    hash_algorithm: &'a str,
    newest_event_time: String,
    oldest_event_time: String,
}

/// Sets the deadline of the trail's next digest files, when it logs with validation and has none.
pub(in crate::cloudtrail) fn arm(world: &mut World, key: &TrailKey) {
    let now = world.now;
    let due = now.plus_ms(world.settings.cloudtrail.digest_every_ms.max(1));
    let Some(trail) = world.cloudtrail.trails.get_mut(key) else { return };
    let needed = trail.validation && (trail.logging || trail.is_buffering());
    if !needed || trail.digest_since.is_some() {
        return;
    }
    trail.digest_since = Some(now);
    let generation = trail.generation;
    let timer = Timer::Digest { trail: key.clone(), generation };
    world.set_timer(due, AnyTimer::CloudTrail(timer));
}

/// Writes a digest file for every Region of which the trail recorded events, and for its home
/// Region in any case: also when there was nothing.
pub(in crate::cloudtrail) fn write_digests(world: &mut World, key: &TrailKey) {
    let Some(trail) = world.cloudtrail.trails.get_mut(key) else { return };
    let Some(since) = trail.digest_since.take() else { return };
    if trail.validation {
        trail.lanes.entry(key.region.clone()).or_default();
        for region in trail.lanes.keys().cloned().collect::<Vec<_>>() {
            write_digest(world, key, &region, since);
        }
    }
    arm(world, key);
}

fn write_digest(world: &mut World, key: &TrailKey, region: &Region, since: Timestamp) {
    let level = world.settings.cloudtrail.gzip_level;
    let now = world.now;
    let signer = world.cloudtrail.signer();
    let state = &mut world.cloudtrail;
    let Some(trail) = state.trails.get(key) else { return };
    let Some(lane) = trail.lanes.get(region) else { return };
    let bucket = trail.bucket.clone();
    let object = key::of_digest(key, trail.prefix.as_deref(), region, now);
    let end = iso(now);
    let place = Place { key, bucket: &bucket, object: &object, since, end: &end };
    let text = place.text(lane, signer.fingerprint());
    let (body, hash) = pack_text(&mut state.packer, level, &text);
    let before = lane.previous.as_ref().map_or("null", |previous| &previous.signature);
    let signature = signer.sign(format!("{end}\n{bucket}/{object}\n{hash}\n{before}").as_bytes());
    let metadata = BTreeMap::from([
        ("signature".to_owned(), signature.clone()),
        ("signature-algorithm".to_owned(), SIGNATURE_ALGORITHM.to_owned()),
    ]);
    let put = put(world, key, &bucket, &object, body, metadata);
    let Some(trail) = world.cloudtrail.trails.get_mut(key) else { return };
    trail.status.digest.note(now, put.as_ref().err().map(code_of));
    if put.is_err() {
        // Its log files are listed by the next one.
        trail.statistics.digests_refused += 1;
        return;
    }
    trail.statistics.digests += 1;
    if let Some(lane) = trail.lanes.get_mut(region) {
        lane.unlisted.clear();
        lane.previous = Some(Previous { bucket, key: object, hash, signature });
    }
}

/// Where and when a digest file is written.
struct Place<'a> {
    key: &'a TrailKey,
    bucket: &'a str,
    object: &'a str,
    since: Timestamp,
    end: &'a str,
}

impl Place<'_> {
    fn text(&self, lane: &Lane, fingerprint: &str) -> String {
        let previous = lane.previous.as_ref();
        let listed = |file: &Written| (file.oldest, file.newest);
        let times = lane.unlisted.iter().map(listed);
        let digest = DigestFile {
            aws_account_id: self.key.account.as_str(),
            digest_start_time: iso(self.since),
            digest_end_time: self.end,
            bucket: self.bucket,
            object: self.object,
            digest_public_key_fingerprint: fingerprint,
            digest_signature_algorithm: SIGNATURE_ALGORITHM,
            newest_event_time: times.clone().map(|(_, newest)| newest).max().map(iso),
            oldest_event_time: times.map(|(oldest, _)| oldest).min().map(iso),
            previous_bucket: previous.map(|p| p.bucket.as_str()),
            previous_object: previous.map(|p| p.key.as_str()),
            previous_digest_hash_value: previous.map(|p| p.hash.as_str()),
            previous_digest_hash_algorithm: previous.map(|_| HASH_ALGORITHM),
            previous_digest_signature: previous.map(|p| p.signature.as_str()),
            log_files: lane.unlisted.iter().map(Written::listed).collect(),
        };
        // Texts and numbers only: this cannot fail.
        serde_json::to_string(&digest).unwrap_or_default()
    }
}

impl Written {
    fn listed(&self) -> ListedFile<'_> {
        ListedFile {
            bucket: &self.bucket,
            object: &self.key,
            hash_value: &self.hash,
            hash_algorithm: HASH_ALGORITHM,
            newest_event_time: iso(self.newest),
            oldest_event_time: iso(self.oldest),
        }
    }
}
