//! What was run, in a few short facts.

use crate::model::Run;
use crate::words::{count, decimal, span};

/// `3 accounts`, `4 shards`, `15 min at 500 events/s`, `embedded`, `virtual time`, `seed 7`.
pub(crate) fn of(run: &Run, separator: char) -> Vec<String> {
    let size = &run.topology;
    let mut facts = Vec::new();
    if size.accounts > 0 {
        facts.push(plural(size.accounts, "account", separator));
    }
    if size.shards > 0 {
        facts.push(plural(size.shards, "shard", separator));
    }
    if size.duration_s > 0.0 {
        let whole = span(size.duration_s);
        let lasting = ["min 0 s", "h 0 min", "d 0 h"]
            .into_iter()
            .find(|end| whole.ends_with(end))
            .and_then(|end| Some(format!("{}{}", whole.strip_suffix(end)?, end.split_once(' ')?.0)))
            .unwrap_or(whole);
        facts.push(format!("{lasting} at {} events/s", decimal(size.rate_per_s, 1, separator)));
    }
    facts.push(run.backend.clone());
    facts.push(format!("{} time", run.clock));
    facts.push(format!("seed {}", run.seed));
    if let Some(worker) = run.worker {
        facts.push(format!("worker {} of {}", worker.index, worker.of));
    }
    facts
}

/// `1 shard`, `4 shards`.
pub(crate) fn plural(number: u64, noun: &str, separator: char) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{} {noun}{ending}", count(number, separator))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Worker;
    use crate::words::PLAIN;

    #[test]
    fn facts_leave_out_what_is_not_known() {
        let run = Run { worker: Some(Worker { index: 0, of: 4 }), ..Run::new("demo", 7) };
        assert_eq!(of(&run, PLAIN), ["embedded", "virtual time", "seed 7", "worker 0 of 4"]);
    }

    #[test]
    fn a_round_duration_loses_its_zeros() {
        let mut run = Run::example_passed();
        for (s, text) in [
            (900.0, "15 min at 500 events/s"),
            (7_200.0, "2 h at 500 events/s"),
            (61.0, "1 min 1 s at 500 events/s"),
            (10.0, "10 s at 500 events/s"),
        ] {
            run.topology.duration_s = s;
            assert!(of(&run, PLAIN).contains(&text.to_owned()), "{text}");
        }
    }
}
