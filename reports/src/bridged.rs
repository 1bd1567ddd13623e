//! What the harness carried because the backend does not, and the mark that its figures bear.

use crate::model::Run;

/// Stands beside every figure that passed over a bridge.
pub(crate) const MARK: char = '⇢';
/// Begins the footnote about a bridge.
pub(crate) const CARRIED: &str = "carried by the harness";
/// The footnote about what lies behind a bridge.
pub(crate) const BEHIND: &str =
    "latencies from a marked stage on include the time that the harness took";

/// A bridge, what it carried and how.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Bridge<'a> {
    /// Such as `subscription`.
    pub name: &'a str,
    /// The run's sentence about it, without the name; empty where there is none.
    pub how: &'a str,
    /// The figures that are marked for it: stages, `the shards`, `the transform`.
    pub into: Vec<&'a str>,
}

/// The bridges that figures are marked for, in the order in which the figures stand.
pub(crate) fn of(run: &Run) -> Vec<Bridge<'_>> {
    let stages = run.stages.iter().map(|stage| (stage.bridge.as_deref(), stage.stage.as_str()));
    let shards = run.shards.iter().map(|shard| (shard.bridge.as_deref(), "the shards"));
    // A transform that is a marked stage is marked once.
    let transform = run.transform.iter().map(|used| (used.bridge.as_deref(), "transform"));
    let mut bridges: Vec<Bridge<'_>> = Vec::new();
    for (name, into) in stages.chain(shards).chain(transform) {
        let Some(name) = name else { continue };
        let place = bridges.iter().position(|bridge| bridge.name == name).unwrap_or_else(|| {
            bridges.push(Bridge {
                name,
                how: how(run, name).unwrap_or_default(),
                into: Vec::new(),
            });
            bridges.len() - 1
        });
        if !bridges[place].into.contains(&into) {
            bridges[place].into.push(into);
        }
    }
    bridges
}

/// The run's sentences about bridges that no figure is marked for.
pub(crate) fn unmarked(run: &Run) -> Vec<&str> {
    let bridges = of(run);
    let told = |sentence: &str| bridges.iter().any(|bridge| about(sentence, bridge.name).is_some());
    run.bridges.iter().map(String::as_str).filter(|sentence| !told(sentence)).collect()
}

/// Whether events passed over a bridge on their way to `end`, which is `opensearch` or `s3`.
pub(crate) fn on_the_way(run: &Run, end: &str) -> bool {
    // The backup leaves the stream before these two.
    let other = |stage: &str| match end {
        "s3" => matches!(stage, "transform" | "opensearch"),
        _ => stage == "s3",
    };
    run.stages.iter().any(|stage| stage.bridge.is_some() && !other(&stage.stage))
}

/// Whether latencies were measured behind a bridge.
pub(crate) fn delays(run: &Run) -> bool {
    let first = run.stages.iter().position(|stage| stage.bridge.is_some());
    first.is_some_and(|at| run.stages[at..].iter().any(|stage| stage.latency_ms.max.is_some()))
}

/// `name`, and the mark where it was bridged.
pub(crate) fn marked(name: &str, bridge: Option<&str>) -> String {
    if bridge.is_some() { format!("{name} {MARK}") } else { name.to_owned() }
}

impl Bridge<'_> {
    /// `subscription (kinesis and the shards: the harness read …)`, and without what it carried
    /// where that is called as the bridge is.
    pub(crate) fn words(&self) -> String {
        let into = if self.into == [self.name] { String::new() } else { listed(&self.into) };
        let parts = [into.as_str(), self.how].into_iter().filter(|part| !part.is_empty());
        match parts.collect::<Vec<_>>().join(": ") {
            none if none.is_empty() => self.name.to_owned(),
            parts => format!("{} ({parts})", self.name),
        }
    }
}

fn how<'a>(run: &'a Run, name: &str) -> Option<&'a str> {
    run.bridges.iter().find_map(|sentence| about(sentence, name))
}

/// What a sentence says about the bridge, if it is about this one.
fn about<'a>(sentence: &'a str, name: &str) -> Option<&'a str> {
    Some(sentence.strip_prefix(name)?.strip_prefix(':')?.trim())
}

/// `a`, `a and b`, `a, b and c`.
fn listed(names: &[&str]) -> String {
    match names {
        [] => "nothing that was measured".to_owned(),
        [one] => (*one).to_owned(),
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_bridge_is_told_once_with_what_it_carried() {
        let mut run = Run::example_containers();
        let bridges = of(&run);
        let told: Vec<_> = bridges.iter().map(|it| (it.name, listed(&it.into))).collect();
        assert_eq!(
            told,
            [
                ("subscription", "kinesis and the shards".to_owned()),
                ("transform", "transform".to_owned())
            ]
        );
        assert!(bridges[0].words().contains("(kinesis and the shards: a subscription filter"));
        assert!(unmarked(&run).is_empty() && delays(&run));
        assert!(on_the_way(&run, "s3") && on_the_way(&run, "opensearch"));
        run.stages[2].bridge = None;
        assert!(!on_the_way(&run, "s3") && on_the_way(&run, "opensearch"));
    }

    #[test]
    fn a_sentence_without_a_figure_stays_a_sentence() {
        let mut run = Run::example_containers();
        run.bridges.push("firehose: the harness filled it".to_owned());
        assert_eq!(unmarked(&run), ["firehose: the harness filled it"]);
        run.bridges.clear();
        assert_eq!(of(&run)[1].words(), "transform");
        assert_eq!(of(&Run::example_passed()), []);
        assert!(!on_the_way(&Run::example_passed(), "opensearch"));
    }
}
