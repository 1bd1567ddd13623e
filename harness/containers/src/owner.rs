//! Which process owns a run, and whether it still lives.

use std::collections::HashMap;
use std::fs;
use std::process::{Command, Stdio, id};

use crate::label;

/// A process, told apart from all others that had or will have its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Owner {
    pub(crate) pid: u32,
    pub(crate) began: String,
    pub(crate) host: String,
}

impl Owner {
    /// This process.
    pub(crate) fn this_process() -> Self {
        Self { pid: id(), began: began(id()).unwrap_or_default(), host: host() }
    }

    /// The owner that labels name; `None` when they are not all there.
    pub(crate) fn of_labels(labels: &HashMap<String, String>) -> Option<Self> {
        Some(Self {
            pid: labels.get(label::PID)?.parse().ok()?,
            began: labels.get(label::BEGAN)?.clone(),
            host: labels.get(label::HOST)?.clone(),
        })
    }

    /// Whether it is certain that the process has ended. An owner on another machine, after another
    /// boot or in another namespace is not known to us, so it is left alone.
    pub(crate) fn is_gone(&self) -> bool {
        self.host == host() && !(is_alive(self.pid) && same_start(&self.began, began(self.pid)))
    }

    /// An id for this process's run of this number.
    pub(crate) fn run_id(&self, number: u32) -> String {
        format!("{}-{}-{number}", self.pid, self.began)
    }
}

fn same_start(then: &str, now: Option<String>) -> bool {
    now.is_none_or(|now| then.is_empty() || then == now)
}

/// When a process began, in clock ticks after boot; `None` where the kernel does not tell.
fn began(pid: u32) -> Option<String> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name in parentheses may hold spaces; the start time is the 20th field behind it.
    let (_, fields) = stat.rsplit_once(')')?;
    fields.split_whitespace().nth(19).map(str::to_owned)
}

fn host() -> String {
    let boot = fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
    let namespace = fs::read_link("/proc/self/ns/pid").unwrap_or_default();
    format!("{}/{}", boot.trim(), namespace.display())
}

fn is_alive(pid: u32) -> bool {
    if fs::exists("/proc/self").unwrap_or(false) {
        // A zombie has ended and only waits to be noticed.
        return fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| {
            !stat.rsplit_once(')').is_some_and(|(_, fields)| fields.trim_start().starts_with('Z'))
        });
    }
    // Without /proc, signal 0 asks; where that cannot be asked either, it counts as alive.
    Command::new("kill")
        .args(["-0", &pid.to_string()])
        .stderr(Stdio::null())
        .status()
        .map_or(true, |status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_lives() {
        assert!(!Owner::this_process().is_gone());
    }

    #[test]
    fn a_process_that_ended_is_gone_and_one_elsewhere_is_not_known() {
        let mut child = Command::new("true").spawn().unwrap();
        let pid = child.id();
        let owner = Owner { pid, began: began(pid).unwrap_or_default(), host: host() };
        child.wait().unwrap();
        assert!(owner.is_gone());
        assert!(!Owner { host: "another/machine".to_owned(), ..owner }.is_gone());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_number_that_was_given_again_is_another_process() {
        let owner = Owner { began: "1".to_owned(), ..Owner::this_process() };
        assert!(owner.is_gone());
    }

    #[test]
    fn labels_carry_the_owner() {
        let owner = Owner::this_process();
        let labels = label::of_run("1-2-3", &owner, false);
        assert_eq!(Owner::of_labels(&labels), Some(owner));
        assert_eq!(Owner::of_labels(&HashMap::new()), None);
    }
}
