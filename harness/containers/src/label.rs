//! The labels by which containers and networks of ours are known.

use std::collections::HashMap;

use crate::owner::Owner;

/// The id of the run; whatever lacks it is not ours.
pub const RUN: &str = "org.tributary.run";
/// The process that started it.
pub const PID: &str = "org.tributary.pid";
/// When that process began, in the kernel's own count: a process id is given again to others.
pub const BEGAN: &str = "org.tributary.began";
/// The machine's boot and the process-id namespace in which the process id means something.
pub const HOST: &str = "org.tributary.host";
/// There when the user asked to keep what was started: no later start removes it.
pub const KEEP: &str = "org.tributary.keep";

/// The labels of everything that a run starts.
pub(crate) fn of_run(run: &str, owner: &Owner, keep: bool) -> HashMap<String, String> {
    let mut labels = HashMap::from([
        (RUN.to_owned(), run.to_owned()),
        (PID.to_owned(), owner.pid.to_string()),
        (BEGAN.to_owned(), owner.began.clone()),
        (HOST.to_owned(), owner.host.clone()),
    ]);
    if keep {
        labels.insert(KEEP.to_owned(), "true".to_owned());
    }
    labels
}

/// The engine's filter for what carries a label, with any value or with this one.
pub(crate) fn filter(label: &str, value: Option<&str>) -> HashMap<String, Vec<String>> {
    let wanted = value.map_or_else(|| label.to_owned(), |value| format!("{label}={value}"));
    HashMap::from([("label".to_owned(), vec![wanted])])
}
