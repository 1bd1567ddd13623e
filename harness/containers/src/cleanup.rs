//! Removes what a run started, by its label.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use std::thread;

use testcontainers::bollard::Docker;
use testcontainers::bollard::query_parameters::{
    ListContainersOptionsBuilder, ListNetworksOptionsBuilder, RemoveContainerOptionsBuilder,
};
use tokio::runtime::Builder;

use crate::heir::Heir;
use crate::{engine, label};

/// The runs of this process that have something to remove.
static LIVE: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

fn live() -> std::sync::MutexGuard<'static, BTreeSet<String>> {
    LIVE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Held while something is removed. A destructor that finds its run in the hands of the thread that
/// serves Ctrl-C waits for it here: the process must not end before it is done.
static REMOVING: Mutex<()> = Mutex::new(());

fn removing() -> std::sync::MutexGuard<'static, ()> {
    REMOVING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes a run when it is dropped; it exists before the run's first container.
#[derive(Debug)]
pub(crate) struct Guard {
    run: String,
    /// Removes it when this process is killed.
    heir: Option<Heir>,
}

impl Guard {
    pub(crate) fn new(run: &str, keep: bool) -> Self {
        live().insert(run.to_owned());
        Self { run: run.to_owned(), heir: (!keep).then(|| Heir::of(run)) }
    }

    /// Lets the run stay.
    pub(crate) fn keep(&self) {
        live().remove(&self.run);
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        let _removing = removing();
        if live().remove(&self.run) {
            remove_now(vec![self.run.clone()]);
        }
        if let Some(heir) = &mut self.heir {
            heir.dismiss();
        }
    }
}

/// Removes everything that this process started and has not kept. For an exit that drops nothing,
/// such as `std::process::exit`.
pub fn remove_all() {
    let _removing = removing();
    let runs: Vec<String> = std::mem::take(&mut *live()).into_iter().collect();
    if !runs.is_empty() {
        remove_now(runs);
    }
}

/// Removes runs and waits for it, whatever runtime the caller has or has not: on a thread with one
/// of its own, since a destructor may run inside of another.
fn remove_now(runs: Vec<String>) {
    let thread = thread::spawn(move || {
        let Ok(runtime) = Builder::new_current_thread().enable_all().build() else {
            return;
        };
        runtime.block_on(async {
            let Ok(docker) = engine::connect().await else {
                return;
            };
            for run in runs {
                remove(&docker, &run).await;
            }
        });
    });
    // A panic in there must not become one in a destructor.
    let _ = thread.join();
}

/// Removes the containers and networks of a run, and counts them.
pub(crate) async fn remove(docker: &Docker, run: &str) -> usize {
    let filters = label::filter(label::RUN, Some(run));
    let mut removed = 0;
    let all = ListContainersOptionsBuilder::new().all(true).filters(&filters).build();
    for container in docker.list_containers(Some(all)).await.unwrap_or_default() {
        let options = RemoveContainerOptionsBuilder::new().force(true).v(true).build();
        let id = container.id.unwrap_or_default();
        removed += usize::from(docker.remove_container(&id, Some(options)).await.is_ok());
    }
    let all = ListNetworksOptionsBuilder::new().filters(&filters).build();
    for network in docker.list_networks(Some(all)).await.unwrap_or_default() {
        let id = network.id.unwrap_or_default();
        removed += usize::from(docker.remove_network(&id).await.is_ok());
    }
    removed
}
