//! Delivery to a bucket: a gzip file for every five minutes, written by the log delivery service
//! under the bucket's policy (vpc-flow-logs reference, §2; iam reference, §6).

use std::collections::BTreeSet;
use std::io::Write;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use tributary_vocabulary::{AccountId, EventRecord, Region, Timestamp};

use super::super::Timer;
use super::super::flow_log::{Destination, Plan};
use super::{DELIVERY_SERVICE, error_message, set_status};
use crate::kernel::{Access, Caller, Timer as KernelTimer, World, arn};
use crate::s3::Description;
use crate::s3::ops::put_object;

/// The canned ACL that the delivery service sends, and bucket policies ask for.
const ACL: &str = "bucket-owner-full-control";

/// Keeps records until the window of time in which they ended is written.
pub(super) fn gather(world: &mut World, plan: &Plan, events: &[EventRecord], indices: &[usize]) {
    let interval = world.settings.ec2.file_interval_ms.max(1);
    let most = world.settings.ec2.file_max_bytes;
    let Some(flow_log) =
        world.ec2.place_mut(plan.account, &plan.region).flow_logs.get_mut(&plan.id)
    else {
        return;
    };
    let (mut opened, mut full) = (BTreeSet::new(), BTreeSet::new());
    for event in indices.iter().filter_map(|&index| events.get(index)) {
        let ended = plan.format.end_s(&event.message).map(Timestamp::from_s);
        let ended = ended.unwrap_or(event.timestamp).ms();
        let window = Timestamp::from_ms(ended - ended.rem_euclid(interval));
        let text = flow_log.windows.entry(window).or_insert_with(|| {
            opened.insert(window);
            String::new()
        });
        text.push_str(&event.message);
        text.push('\n');
        if text.len() >= most {
            full.insert(window);
        }
    }
    let delay = interval + world.settings.ec2.file_delay_ms;
    for window in opened {
        let timer = Timer::File {
            account: plan.account,
            region: plan.region.clone(),
            flow_log: plan.id.clone(),
            window,
        };
        world.set_timer(window.plus_ms(delay), KernelTimer::Ec2(timer));
    }
    for window in full {
        write_file(world, plan.account, &plan.region, &plan.id, window);
    }
}

/// Writes what a flow log has for a window; nothing when that was written before.
pub(in super::super) fn write_file(
    world: &mut World,
    account: AccountId,
    region: &Region,
    flow_log: &str,
    window: Timestamp,
) {
    let place = world.ec2.place_mut(account, region);
    let Some(flow_log) = place.flow_logs.get_mut(flow_log) else { return };
    let Some(text) = flow_log.windows.remove(&window) else { return };
    let plan = flow_log.plan.clone();
    write(world, &plan, window, &text);
}

/// Writes all that is left, when a flow log is deleted.
pub(in super::super) fn write_all(
    world: &mut World,
    plan: &Plan,
    windows: impl IntoIterator<Item = (Timestamp, String)>,
) {
    for (window, text) in windows {
        write(world, plan, window, &text);
    }
}

fn write(world: &mut World, plan: &Plan, window: Timestamp, text: &str) {
    let Destination::Bucket { bucket, .. } = &plan.destination else { return };
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    // Writing to a Vec does not fail.
    let _ = encoder.write_all(plan.format.header.as_bytes());
    let _ = encoder.write_all(b"\n");
    let _ = encoder.write_all(text.as_bytes());
    let body = encoder.finish().unwrap_or_default();
    let unique = world.ec2.ids.text(b"0123456789abcdef", 8);
    let input = put_object::Input {
        bucket: bucket.clone(),
        key: key(plan, window, &unique),
        body: Bytes::from(body),
        description: Description {
            content_type: Some("application/x-gzip".to_owned()),
            ..Description::default()
        },
        acl: Some(ACL.to_owned()),
        ..put_object::Input::default()
    };
    let caller = caller(plan.account, &plan.region);
    let result = put_object::run(world, &caller, input);
    set_status(world, plan, result.err().map(|error| error_message(&error)));
}

/// The log delivery service on behalf of an account.
fn caller(account: AccountId, region: &Region) -> Caller {
    let source = arn("logs", region, account, "delivery-source:vpc-flow-logs");
    Caller::service(DELIVERY_SERVICE, account, region.clone(), Some(source))
}

/// Whether the bucket's policy lets the log delivery service look at its ACL and write.
pub(in super::super) fn may_write(world: &World, plan: &Plan) -> bool {
    let Destination::Bucket { bucket, .. } = &plan.destination else { return false };
    let Some(owner) = world.s3.buckets.get(bucket).map(|bucket| bucket.owner) else {
        return false;
    };
    let caller = caller(plan.account, &plan.region);
    let bucket_arn = format!("arn:aws:s3:::{bucket}");
    let object_arn = format!("{bucket_arn}/{}", key(plan, world.now, "00000000"));
    let acl = Access::to("s3:GetBucketAcl", &bucket_arn).owned_by(owner);
    let put = Access::to("s3:PutObject", &object_arn).owned_by(owner).with("s3:x-amz-acl", ACL);
    world.decide(&caller, acl).is_allowed() && world.decide(&caller, put).is_allowed()
}

/// The key of a file.
fn key(plan: &Plan, window: Timestamp, unique: &str) -> String {
    let Destination::Bucket { prefix, hive, per_hour, .. } = &plan.destination else {
        return String::new();
    };
    let Plan { account, region, id, .. } = plan;
    let folders = if *hive {
        format!(
            "aws-account-id={account}/aws-service=vpcflowlogs/aws-region={region}/{}",
            window.format("year=%Y/month=%m/day=%d")
        )
    } else {
        format!("{account}/vpcflowlogs/{region}/{}", window.format("%Y/%m/%d"))
    };
    let hour = match (*per_hour, *hive) {
        (false, _) => String::new(),
        (true, true) => window.format("/hour=%H"),
        (true, false) => window.format("/%H"),
    };
    let time = window.format("%Y%m%dT%H%MZ");
    format!(
        "{prefix}AWSLogs/{folders}{hour}/{account}_vpcflowlogs_{region}_{id}_{time}_{unique}.log.gz"
    )
}
