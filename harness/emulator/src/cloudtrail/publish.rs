//! The door by which records come in.

use tributary_vocabulary::{AccountId, EventRecord, Region, Source};

use super::delivery::{self, Refusal};
use super::record::{Category, Record};
use super::trail::TrailKey;
use crate::kernel::{Observation, World};

/// Why records reach no log group; of several reasons for one record the greatest is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    NoTrail,
    NotLogging,
    NotSelected,
    NoLogGroup,
    Refused,
    Unreadable,
}

/// A reason with its words, for the records that it is about.
#[derive(Debug)]
struct Cause {
    resource: String,
    code: String,
    message: String,
}

/// What becomes of one record.
#[derive(Debug, Clone, Copy)]
struct Fate {
    reached: bool,
    reason: Reason,
    /// The place of the cause.
    cause: usize,
}

/// What a trail takes of the records.
struct Take {
    key: TrailKey,
    places: Vec<usize>,
}

/// CloudTrail records (one JSON object a message, on one line) of an account, made in `region`:
/// each trail that logs and covers them delivers to its log group at once, and to its bucket in
/// files of five minutes. Records that reach no log group are told as
/// [`Observation::Unpublished`], with the reason.
///
/// Which Region a record is of is told by its own `awsRegion`; `region` only stands in for one that
/// has none.
pub fn publish(world: &mut World, account: AccountId, region: &Region, events: &[EventRecord]) {
    if events.is_empty() {
        return;
    }
    let mut causes = Vec::new();
    let mut fates = vec![at_first(world, account, region, &mut causes); events.len()];
    let mut takes = takes_of(world, account);
    for (place, event) in events.iter().enumerate() {
        match Record::read(&event.message) {
            Ok(record) => {
                let region = region_of(&record, region);
                let taken = select(world, &record, &region, (place, &mut takes));
                if let Some(trail) = taken.skipped {
                    blame(
                        &mut fates,
                        &mut causes,
                        &[place],
                        Reason::NotSelected,
                        not_selected(&trail),
                    );
                }
                file(world, account, &region, &record, event, &taken.by);
            }
            Err(error) => {
                let cause = unreadable(account, region, &error);
                blame(&mut fates, &mut causes, &[place], Reason::Unreadable, cause);
            }
        }
    }
    for take in takes {
        deliver(world, take, events, &mut fates, &mut causes);
    }
    tell(world, account, events, &fates, &causes);
}

/// What becomes of every record unless a trail takes it.
fn at_first(world: &World, account: AccountId, region: &Region, causes: &mut Vec<Cause>) -> Fate {
    let silent = super::name::seen_in(world, account, region).next();
    let (reason, cause) = match silent.filter(|trail| !trail.logging) {
        Some(trail) => (
            Reason::NotLogging,
            Cause {
                resource: trail.key.arn(),
                code: "NotLogging".to_owned(),
                message: "the trail does not log: StartLogging was not called, or StopLogging was"
                    .to_owned(),
            },
        ),
        None => (
            Reason::NoTrail,
            Cause {
                resource: crate::kernel::arn("cloudtrail", region, account, "trail/*"),
                code: "NoTrail".to_owned(),
                message: format!("account {account} has no trail that covers the event"),
            },
        ),
    };
    causes.push(cause);
    Fate { reached: false, reason, cause: 0 }
}

/// The trails of an account that log, which have taken nothing yet.
fn takes_of(world: &World, account: AccountId) -> Vec<Take> {
    let trails = world.cloudtrail.trails_of(account).filter(|trail| trail.logging);
    trails.map(|trail| Take { key: trail.key.clone(), places: Vec::new() }).collect()
}

/// The Region of a record.
fn region_of(record: &Record<'_>, otherwise: &Region) -> Region {
    let own = record.aws_region.text();
    if own == otherwise.as_str() {
        return otherwise.clone();
    }
    own.parse().unwrap_or_else(|_| otherwise.clone())
}

/// Which trails take a record.
struct Taken {
    by: Vec<TrailKey>,
    /// A trail that covers it and does not select it.
    skipped: Option<TrailKey>,
}

fn select(
    world: &World,
    record: &Record<'_>,
    region: &Region,
    (place, takes): (usize, &mut [Take]),
) -> Taken {
    let mut taken = Taken { by: Vec::new(), skipped: None };
    for take in takes {
        let Some(trail) = world.cloudtrail.trails.get(&take.key) else { continue };
        if !trail.covers(region.as_str(), record) {
            continue;
        }
        if trail.selectors.admits(record) {
            take.places.push(place);
            taken.by.push(take.key.clone());
        } else {
            taken.skipped = Some(take.key.clone());
        }
    }
    taken
}

/// Puts a record into the event history and into the log files of the trails that took it.
fn file(
    world: &mut World,
    account: AccountId,
    region: &Region,
    record: &Record<'_>,
    event: &EventRecord,
    by: &[TrailKey],
) {
    if record.category() == Category::Management {
        let most = world.settings.cloudtrail.history_events;
        let history = &mut world.cloudtrail.history;
        history.remember(most, (account, region), event.timestamp, &event.message);
    }
    for key in by {
        delivery::buffer(world, key, region, event);
    }
}

/// Delivers what a trail took to its log group.
fn deliver(
    world: &mut World,
    take: Take,
    events: &[EventRecord],
    fates: &mut [Fate],
    causes: &mut Vec<Cause>,
) {
    let Take { key, places } = take;
    if places.is_empty() {
        return;
    }
    let Some(trail) = world.cloudtrail.trails.get_mut(&key) else { return };
    trail.statistics.recorded += places.len() as u64;
    let Some(to) = trail.logs.clone() else {
        let cause = Cause {
            resource: key.arn(),
            code: "NoLogGroup".to_owned(),
            message: "the trail has no CloudWatch Logs log group".to_owned(),
        };
        blame(fates, causes, &places, Reason::NoLogGroup, cause);
        return;
    };
    let refusals = delivery::to_log_group(world, &key, &to, events, places.clone());
    let mut refused = vec![false; events.len()];
    for Refusal { places, code, message } in refusals {
        for place in &places {
            refused[*place] = true;
        }
        let cause = Cause { resource: key.arn(), code, message };
        blame(fates, causes, &places, Reason::Refused, cause);
    }
    for place in places.into_iter().filter(|place| !refused[*place]) {
        fates[place].reached = true;
    }
}

fn not_selected(trail: &TrailKey) -> Cause {
    Cause {
        resource: trail.arn(),
        code: "NotSelected".to_owned(),
        message: "the trail's event selectors do not admit the event".to_owned(),
    }
}

fn unreadable(account: AccountId, region: &Region, error: &serde_json::Error) -> Cause {
    Cause {
        resource: crate::kernel::arn("cloudtrail", region, account, "trail/*"),
        code: "InvalidRecord".to_owned(),
        message: format!("the message is not a CloudTrail record: {error}"),
    }
}

/// Notes why the records of these places were not published, unless something greater is known.
fn blame(
    fates: &mut [Fate],
    causes: &mut Vec<Cause>,
    places: &[usize],
    reason: Reason,
    cause: Cause,
) {
    let known = causes.last().is_some_and(|last| {
        last.resource == cause.resource && last.code == cause.code && last.message == cause.message
    });
    if !known {
        causes.push(cause);
    }
    let cause = causes.len() - 1;
    for place in places {
        let fate = &mut fates[*place];
        if reason > fate.reason {
            (fate.reason, fate.cause) = (reason, cause);
        }
    }
}

/// Tells of the records that reached no log group.
fn tell(
    world: &mut World,
    account: AccountId,
    events: &[EventRecord],
    fates: &[Fate],
    causes: &[Cause],
) {
    for (number, cause) in causes.iter().enumerate() {
        let lost = fates.iter().zip(events);
        let lost = lost.filter(|(fate, _)| !fate.reached && fate.cause == number);
        let lost: Vec<EventRecord> = lost.map(|(_, event)| event.clone()).collect();
        if lost.is_empty() {
            continue;
        }
        let Cause { resource, code, message } = cause;
        world.trace("unpublished", resource, format!("{code} {}", lost.len()).as_bytes());
        world.observe(&Observation::Unpublished {
            account,
            source: Source::CloudTrail,
            resource,
            code,
            message,
            events: &lost,
        });
    }
}
