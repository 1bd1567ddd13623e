//! The command that repeats all workers.

use crate::model::Run;

/// More workers are counted by `seq`.
const COUNTED: usize = 8;

/// The command of each, when all have one; and a line of shell that starts every worker when their
/// commands differ in nothing but `--worker I/N`. Else there is none.
pub(super) fn of(runs: &[&Run]) -> String {
    let Some(first) = runs.first() else { return String::new() };
    if runs.iter().all(|run| run.repeat == first.repeat) {
        return first.repeat.clone();
    }
    let all: Option<Vec<String>> = runs.iter().map(|run| any_worker(run)).collect();
    let Some((any, others)) = all.as_deref().and_then(<[String]>::split_first) else {
        return String::new();
    };
    if others.iter().any(|other| other != any) {
        return String::new();
    }
    let numbers: Vec<String> = (1..=runs.len()).map(|number| number.to_string()).collect();
    let numbers =
        if runs.len() > COUNTED { format!("$(seq {})", runs.len()) } else { numbers.join(" ") };
    format!("for i in {numbers}; do {any} & done; wait")
}

/// The command with its worker's number left open.
fn any_worker(run: &Run) -> Option<String> {
    let worker = run.worker?;
    let own = format!("--worker {}/{}", worker.index.checked_add(1)?, worker.of);
    let (before, after) = run.repeat.split_once(&own)?;
    // "--worker 1/4" stands in "--worker 1/40", too.
    let whole = after.is_empty() || after.starts_with(' ');
    whole.then(|| format!("{before}--worker $i/{}{after}", worker.of))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Worker;

    fn worker(index: u64, of: u64, repeat: &str) -> Run {
        let worker = Some(Worker { index, of });
        Run { worker, repeat: repeat.to_owned(), ..Run::new("demo", 7) }
    }

    fn merged(commands: &[&str]) -> String {
        let of_all = commands.len() as u64;
        let runs: Vec<Run> =
            (0..).zip(commands).map(|(index, repeat)| worker(index, of_all, repeat)).collect();
        of(&runs.iter().collect::<Vec<_>>())
    }

    #[test]
    fn commands_that_differ_in_the_worker_only_become_a_loop() {
        assert_eq!(merged(&["load", "load"]), "load");
        assert_eq!(
            merged(&["load --worker 1/2 --seed 7", "load --worker 2/2 --seed 7"]),
            "for i in 1 2; do load --worker $i/2 --seed 7 & done; wait"
        );
        assert_eq!(merged(&["load --worker 1/2 --seed 7", "load --worker 2/2 --seed 8"]), "");
        assert_eq!(merged(&["load --worker 1/20", "load --worker 2/2"]), "");
        assert_eq!(merged(&["a", "b"]), "");
        let many: Vec<String> = (1..=9).map(|it| format!("load --worker {it}/9")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(merged(&many), "for i in $(seq 9); do load --worker $i/9 & done; wait");
    }
}
