//! What removes a run whose process was killed: a shell that waits at the end of a pipe.
//!
//! The pipe closes with the process that holds its other end, however that ends. It works by the
//! engine's own command; without one, the next start removes what was left.

use std::process::{Child, Command, Stdio};

const SCRIPT: &str = "cat >/dev/null
ours=\"label=org.tributary.run=$1\"
for it in $(docker ps -aq --filter \"$ours\"); do docker rm -f -v \"$it\"; done
for it in $(docker network ls -q --filter \"$ours\"); do docker network rm \"$it\"; done";

/// The shell that waits, as long as this is held.
#[derive(Debug)]
pub(crate) struct Heir(Option<Child>);

impl Heir {
    /// Lets a shell wait for the end of this process.
    pub(crate) fn of(run: &str) -> Self {
        let mut command = Command::new("sh");
        command
            .args(["-c", SCRIPT, "tributary-heir", run])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        // Ctrl-C goes to the whole group of the terminal's process, and this has to outlive it.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        Self(command.spawn().ok())
    }

    /// Nobody is to remove the run.
    pub(crate) fn dismiss(&mut self) {
        if let Some(mut child) = self.0.take() {
            // When it has ended by itself there is nothing to end.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Drop for Heir {
    fn drop(&mut self) {
        self.dismiss();
    }
}
