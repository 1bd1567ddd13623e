//! Ctrl-C and SIGTERM while a stack is up.

use std::process::exit;
use std::sync::Once;
use std::thread;

use tokio::runtime::Builder;

use crate::cleanup;

/// What Ctrl-C and SIGTERM do while a stack is up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interrupt {
    /// Everything that this process started is removed, and it exits with this code.
    RemoveAndExit(i32),
    /// Nothing is done here: the program handles signals itself, and drops its stacks.
    Leave,
}

impl Default for Interrupt {
    /// 105, the command's code for an interrupted run.
    fn default() -> Self {
        Self::RemoveAndExit(105)
    }
}

/// Listens for signals from now on, on a thread of its own: the caller's runtime may be blocked.
pub(crate) fn listen(interrupt: Interrupt) {
    static ONCE: Once = Once::new();
    let Interrupt::RemoveAndExit(code) = interrupt else {
        return;
    };
    ONCE.call_once(|| {
        let (ready, is_ready) = std::sync::mpsc::channel();
        thread::spawn(move || {
            let Ok(runtime) = Builder::new_current_thread().enable_all().build() else {
                return;
            };
            if runtime.block_on(signalled(ready)) {
                cleanup::remove_all();
                exit(code);
            }
        });
        // Nothing is started before the signal has somebody to go to.
        let _ = is_ready.recv();
    });
}

/// Waits for a signal; false when none can be listened for.
#[cfg(unix)]
async fn signalled(ready: std::sync::mpsc::Sender<()>) -> bool {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut interrupted), Ok(mut terminated)) =
        (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
    else {
        return false;
    };
    let _ = ready.send(());
    tokio::select! {
        _ = interrupted.recv() => {}
        _ = terminated.recv() => {}
    }
    true
}

/// Waits for a signal; false when none can be listened for.
#[cfg(not(unix))]
async fn signalled(ready: std::sync::mpsc::Sender<()>) -> bool {
    let _ = ready.send(());
    tokio::signal::ctrl_c().await.is_ok()
}
