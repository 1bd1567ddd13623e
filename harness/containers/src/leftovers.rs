//! What runs left behind whose process was killed.

use std::collections::{BTreeMap, HashMap};

use testcontainers::bollard::Docker;
use testcontainers::bollard::query_parameters::{
    ListContainersOptionsBuilder, ListNetworksOptionsBuilder,
};

use crate::owner::Owner;
use crate::progress::Progress;
use crate::{cleanup, label};

/// Removes the containers and networks of runs whose process has ended, unless they were kept.
pub(crate) async fn remove(docker: &Docker, tell: &(dyn Fn(Progress) + Send + Sync)) {
    for (run, owner) in runs(docker).await {
        if owner.is_gone() {
            let removed = cleanup::remove(docker, &run).await;
            if removed > 0 {
                tell(Progress::RemovedLeftovers { run, removed });
            }
        }
    }
}

/// The runs that the engine has something of, and whose they are.
async fn runs(docker: &Docker) -> BTreeMap<String, Owner> {
    let filters = label::filter(label::RUN, None);
    let all = ListContainersOptionsBuilder::new().all(true).filters(&filters).build();
    let containers = docker.list_containers(Some(all)).await.unwrap_or_default();
    let all = ListNetworksOptionsBuilder::new().filters(&filters).build();
    let networks = docker.list_networks(Some(all)).await.unwrap_or_default();
    let labels = containers.into_iter().map(|container| container.labels);
    labels
        .chain(networks.into_iter().map(|network| network.labels))
        .flatten()
        .filter_map(|labels| run_to_judge(&labels))
        .collect()
}

/// The run that these labels name, if all of them are ours and it was not kept.
fn run_to_judge(labels: &HashMap<String, String>) -> Option<(String, Owner)> {
    if labels.contains_key(label::KEEP) {
        return None;
    }
    Some((labels.get(label::RUN)?.clone(), Owner::of_labels(labels)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_or_is_not_ours_is_never_judged() {
        let owner = Owner::this_process();
        let ours = label::of_run("r", &owner, false);
        assert_eq!(run_to_judge(&ours), Some(("r".to_owned(), owner.clone())));
        assert_eq!(run_to_judge(&label::of_run("r", &owner, true)), None);
        assert_eq!(run_to_judge(&HashMap::new()), None);
        let foreign = HashMap::from([(label::RUN.to_owned(), "r".to_owned())]);
        assert_eq!(run_to_judge(&foreign), None);
    }
}
