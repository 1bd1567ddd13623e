//! What was run, in a few short facts.

use crate::model::Run;
use crate::words::{count, decimal, span};

/// `3 accounts`, `4 shards`, `15 min at 500 events/s`, `embedded`, `virtual time`, `seed 7`.
pub(crate) fn of(run: &Run, separator: char) -> Vec<String> {
    let mut facts = size(run, separator);
    facts.push(backend(run));
    facts.extend(circumstances(run));
    facts
}

/// `embedded`, `containers (LocalStack 4.14.0 · OpenSearch 3.8.0)`.
pub(crate) fn backend(run: &Run) -> String {
    match &run.backend_is {
        Some(it) => format!("{} ({it})", run.backend),
        None => run.backend.clone(),
    }
}

/// Whether the run's seconds are simulated ones, and not the wall's.
pub(crate) fn simulated(run: &Run) -> bool {
    run.clock != "real" && run.simulated_s > 0.0
}

/// How large it was.
pub(crate) fn size(run: &Run, separator: char) -> Vec<String> {
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
    facts
}

/// By which clock, from which seed, and whose share.
pub(crate) fn circumstances(run: &Run) -> Vec<String> {
    let mut facts = vec![format!("{} time", run.clock), format!("seed {}", run.seed)];
    facts.extend(run.worker.map(|worker| worker.to_string()));
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
        assert_eq!(of(&run, PLAIN), ["embedded", "virtual time", "seed 7", "worker 1 of 4"]);
        let run = Run::example_containers();
        assert_eq!(backend(&run), "containers (LocalStack 4.14.0 · OpenSearch 3.8.0)");
        assert_eq!(circumstances(&run), ["real time", "seed 7"]);
        assert!(!simulated(&run) && simulated(&Run::example_passed()));
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
