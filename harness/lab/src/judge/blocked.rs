//! What a delivery stream could not read stopped before it.

use std::collections::BTreeMap;

use tributary_vocabulary::Stage;

use crate::driver::Core;
use crate::ledger::{Ledger, Stop};

/// Notes why events that lie on the stream never came into Firehose, when Firehose says why.
pub(super) fn note(core: &Core, ledger: &mut Ledger) {
    let mut reasons: BTreeMap<String, (String, Vec<String>)> = BTreeMap::new();
    for blocked in core.world.firehose_blocked() {
        let shard = blocked.shard_id.unwrap_or_else(|| "its source".to_owned());
        let why = format!("{}: {}", blocked.why.code, blocked.why.message);
        reasons.entry(why).or_insert((blocked.delivery_stream_arn, Vec::new())).1.push(shard);
    }
    let unread = |ledger: &Ledger| {
        let entries = ledger.entries.iter().enumerate();
        let stopped = entries.filter(|(_, entry)| {
            entry.was_seen(Stage::Kinesis) && !entry.was_seen(Stage::Firehose)
        });
        stopped.filter_map(|(place, _)| u32::try_from(place).ok()).collect::<Vec<_>>()
    };
    for (why, (delivery_stream, shards)) in reasons {
        let name = delivery_stream.rsplit('/').next().unwrap_or_default().to_owned();
        let cause = format!("delivery stream {name} cannot read {}: {why}", shards.join(", "));
        let stop = Stop::new(Stage::Firehose, cause).explained(ledger.refusal_in(&why));
        let entries = unread(ledger);
        ledger.stops.note(stop, entries);
    }
}
