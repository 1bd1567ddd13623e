//! Ingestion: accepted events are stored, and chosen by the group's filters.

use std::collections::BTreeMap;
use std::sync::Arc;

use tributary_vocabulary::{AccountId, Stage};

use super::delivery::{LaneKey, Picks, enqueue};
use super::pattern::Pattern;
use super::{Batch, Group, GroupKey, LogStream, StoredEvent};
use crate::kernel::{Observation, World};

/// Takes in the accepted events of one call, or what faults make of them.
pub(crate) fn accept(world: &mut World, key: &GroupKey, stream: &Arc<str>, batch: Batch) {
    if !world.tampers(Stage::Logs) {
        return store(world, key, stream, batch);
    }
    let now = world.now;
    let events = batch.events();
    let passed = world.hooks().tamper_events(now, key.account, &key.name, stream, events);
    let mut by_group: BTreeMap<GroupKey, Vec<StoredEvent>> = BTreeMap::new();
    for (account, event) in passed {
        let group = group_in(world, key, account);
        by_group.entry(group).or_default().push(event);
    }
    for (group, events) in by_group {
        let number = world.logs.ids.number();
        let pieces = events.iter().map(|event| (event.timestamp, event.message.as_str()));
        let batch = Batch::new(now, number, 0, pieces);
        store(world, &group, stream, batch);
    }
}

/// The log group into which an event leaks in another account: the one of the same name, else the
/// first with a subscription filter. Where there is neither, the event stays at home, so that a leak
/// never becomes a loss.
fn group_in(world: &World, home: &GroupKey, account: AccountId) -> GroupKey {
    let same = GroupKey { account, ..home.clone() };
    if account == home.account || world.logs.groups.contains_key(&same) {
        return same;
    }
    let first = GroupKey::new(account, &home.region, "");
    world
        .logs
        .groups
        .range(first..)
        .take_while(|(key, _)| key.account == account && key.region == home.region)
        .find(|(_, group)| !group.filters.is_empty())
        .map_or_else(|| home.clone(), |(key, _)| key.clone())
}

/// Stores a batch, tells of it, and puts what the filters choose on its way.
fn store(world: &mut World, key: &GroupKey, stream: &Arc<str>, batch: Batch) {
    let now = world.now;
    let batch = Arc::new(batch);
    let Some(group) = world.logs.groups.get_mut(key) else { return };
    let expiry = group.expiry(now);
    let lane = group
        .streams
        .entry(Arc::clone(stream))
        .or_insert_with(|| LogStream::new(now, String::new()));
    if let Some(expiry) = expiry {
        lane.forget_before(expiry);
    }
    lane.push(Arc::clone(&batch));
    let filters = filters_of(group);
    trace(world, key, stream, &batch);
    let events = batch.events();
    world.observe(&Observation::Accepted {
        account: key.account,
        group: &key.name,
        stream,
        events: &events,
    });
    if !filters.is_empty() {
        choose(world, key, stream, &batch, &filters);
    }
}

type NamedPattern = (Arc<str>, Arc<Pattern>);

fn filters_of(group: &Group) -> Vec<NamedPattern> {
    let filters = group.filters.iter();
    filters.map(|(name, filter)| (Arc::clone(name), Arc::clone(&filter.pattern))).collect()
}

/// The trace holds times and messages of all events.
fn trace(world: &mut World, key: &GroupKey, stream: &str, batch: &Batch) {
    let mut payload = Vec::with_capacity(batch.len() * 8 + batch.text().len());
    for index in 0..batch.len() {
        payload.extend_from_slice(&batch.timestamp(index).ms().to_le_bytes());
    }
    payload.extend_from_slice(batch.text().as_bytes());
    world.trace("accepted", &key.stream_arn(stream), &payload);
}

/// Asks every filter which events it chooses.
fn choose(
    world: &mut World,
    key: &GroupKey,
    stream: &Arc<str>,
    batch: &Arc<Batch>,
    filters: &[NamedPattern],
) {
    let mut chosen = vec![false; batch.len()];
    for (filter, pattern) in filters {
        let picks = picks(pattern, batch);
        picks.indices(batch.len()).for_each(|index| chosen[index] = true);
        if picks.count(batch.len()) == 0 {
            continue;
        }
        let (group, filter) = (key.clone(), Arc::clone(filter));
        let lane = LaneKey { group, filter, stream: Arc::clone(stream) };
        enqueue(world, lane, Arc::clone(batch), picks);
    }
    if chosen.iter().all(|chosen| *chosen) {
        return;
    }
    let left = chosen.iter().enumerate().filter(|(_, chosen)| !**chosen);
    let events: Vec<StoredEvent> = left.map(|(index, _)| batch.event(index)).collect();
    world.observe(&Observation::Unmatched {
        account: key.account,
        group: &key.name,
        stream,
        events: &events,
        reason: &reason(filters),
    });
}

fn picks(pattern: &Pattern, batch: &Batch) -> Picks {
    if pattern.matches_all() {
        return Picks::All;
    }
    let matching = (0..batch.len()).filter(|&index| pattern.matches(batch.message(index)));
    let picked: Vec<u32> = matching.filter_map(|index| u32::try_from(index).ok()).collect();
    if picked.len() == batch.len() { Picks::All } else { Picks::Some(picked.into_boxed_slice()) }
}

fn reason(filters: &[NamedPattern]) -> String {
    let each: Vec<String> = filters
        .iter()
        .map(|(name, pattern)| format!("that of {name} is {}", pattern.text()))
        .collect();
    format!("no subscription filter's pattern matches: {}", each.join(", "))
}
