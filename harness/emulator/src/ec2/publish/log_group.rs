//! Delivery to a log group, under the role of the flow log (vpc-flow-logs reference, §2 and §5).

use std::ops::Range;

use super::super::flow_log::{Destination, Plan};
use super::fates::{Fates, Reason};
use super::{SERVICE, error_message, set_status};
use crate::iam;
use crate::kernel::{Caller, ServiceError, World};
use crate::logs::ops::put_log_events::{
    self, BATCH_MAX_BYTES, EVENTS_MAX, Event, Output, SPAN_MAX_MS,
};
use crate::logs::ops::{create_log_group, create_log_stream};
use crate::logs::{EVENT_OVERHEAD_BYTES, GroupKey};

/// Publishes events, in the order of their times, to a log stream of the flow log's group;
/// `index` tells the place of each among the records of the call.
pub(super) fn deliver<E: Event>(
    world: &mut World,
    plan: &Plan,
    stream: String,
    events: &[E],
    index: impl Fn(usize) -> usize,
    fates: &mut Fates,
) {
    let Destination::Logs { account, group, .. } = &plan.destination else { return };
    let key = GroupKey::new(*account, &plan.region, group);
    let mut from = 0;
    let result = open(world, plan, &key, &stream).and_then(|session| {
        while from < events.len() {
            let batch = batch(events, from);
            let (group, stream) = (Some(group), Some(&stream));
            let output =
                put_log_events::put(world, &session, group, stream, Some(&events[batch.clone()]))?;
            settle(plan, &output, &batch, &index, fates);
            from = batch.end;
        }
        Ok(())
    });
    match result {
        Ok(()) => set_status(world, plan, None),
        Err(error) => {
            let failure = error_message(&error);
            set_status(world, plan, Some(failure));
            let reason = fates.reason(Reason {
                resource: plan.arn(),
                code: error.code.as_ref().to_owned(),
                message: format!("{failure} of flow log {}: {}", plan.id, error.message),
            });
            (from..events.len()).for_each(|at| fates.stopped(index(at), reason));
        }
    }
}

/// Takes on the role, and sees to it that the group and the stream are there.
fn open(
    world: &mut World,
    plan: &Plan,
    key: &GroupKey,
    stream: &str,
) -> Result<Caller, ServiceError> {
    let session = assume(world, plan)?;
    let name = || Some(key.name.as_ref().to_owned());
    if !world.logs.groups.contains_key(key) {
        let input = create_log_group::Input { log_group_name: name(), ..Default::default() };
        create_log_group::run(world, &session, input)?;
    }
    let there = world.logs.groups.get(key).is_some_and(|group| group.streams.contains_key(stream));
    if !there {
        let input = create_log_stream::Input {
            log_group_name: name(),
            log_stream_name: Some(stream.to_owned()),
        };
        create_log_stream::run(world, &session, input)?;
    }
    Ok(session)
}

/// Takes on the flow log's role, and from it the role of the other account when there is one.
pub(in super::super) fn assume(world: &mut World, plan: &Plan) -> Result<Caller, ServiceError> {
    let Destination::Logs { role, cross_account_role, .. } = &plan.destination else {
        return Err(ServiceError::access_denied("The flow log has no role."));
    };
    let arn = plan.arn();
    let session =
        iam::assume_role_for_service(world, SERVICE, role, &plan.region, plan.account, &arn)?;
    match cross_account_role {
        None => Ok(session),
        Some(role) => iam::assume_role_from(world, &session, role, "vpc-flow-logs"),
    }
}

/// As many events from this one on as fit into one PutLogEvents.
fn batch<E: Event>(events: &[E], from: usize) -> Range<usize> {
    let at = |event: &E| event.at().unwrap_or_default();
    let (mut to, mut bytes) = (from, 0);
    while let Some(event) = events.get(to) {
        bytes += event.text().map_or(0, str::len) + EVENT_OVERHEAD_BYTES;
        let span = at(event) - events.get(from).map_or(0, at);
        let full = bytes > BATCH_MAX_BYTES || to - from == EVENTS_MAX || span > SPAN_MAX_MS;
        if full && to > from {
            break;
        }
        to += 1;
    }
    from..to
}

/// Marks what PutLogEvents took, and what it dropped as out of time.
fn settle(
    plan: &Plan,
    output: &Output,
    batch: &Range<usize>,
    index: impl Fn(usize) -> usize,
    fates: &mut Fates,
) {
    let rejected = output.rejected_log_events_info.unwrap_or_default();
    let mut dropped = |range: Range<usize>, why: &str| {
        if range.is_empty() {
            return;
        }
        let reason = fates.reason(Reason {
            resource: plan.arn(),
            code: "RejectedLogEvent".to_owned(),
            message: format!("PutLogEvents dropped the records of flow log {} as {why}", plan.id),
        });
        range.for_each(|at| fates.stopped(index(batch.start + at), reason));
    };
    let old = rejected.too_old_log_event_end_index.unwrap_or(0);
    let expired = rejected.expired_log_event_end_index.unwrap_or(0).max(old);
    let new = rejected.too_new_log_event_start_index.unwrap_or(batch.len());
    dropped(0..old, "too old");
    dropped(old..expired, "older than the retention of the log group");
    dropped(new.max(expired)..batch.len(), "too new");
    (expired..new).for_each(|at| fates.arrived(index(batch.start + at)));
}
