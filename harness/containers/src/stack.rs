//! The stack: a value that is started, used and dropped.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};

use futures_util::future::try_join_all;
use testcontainers::bollard::Docker;
use testcontainers::bollard::models::NetworkCreateRequest;

use crate::cleanup::Guard;
use crate::error::StackError;
use crate::launch::{Launched, Plan};
use crate::options::Options;
use crate::owner::Owner;
use crate::progress::Progress;
use crate::service::Service;
use crate::{engine, interrupt, label, leftovers, pull};

/// LocalStack and OpenSearch, up and answering. Dropping it removes both and their network.
#[derive(Debug)]
pub struct Stack {
    run: String,
    services: BTreeMap<Service, Launched>,
    guard: Guard,
}

impl Stack {
    /// Removes what killed runs left, pulls what is missing, starts the services on one network,
    /// and returns when all answer. `tell` hears of every step.
    ///
    /// # Errors
    /// See [`StackError`]; whatever had been started by then is removed.
    pub async fn start(
        options: Options,
        tell: impl Fn(Progress) + Send + Sync,
    ) -> Result<Self, StackError> {
        static RUNS: AtomicU32 = AtomicU32::new(0);
        let docker = engine::connect().await?;
        leftovers::remove(&docker, &tell).await;
        for service in &options.services {
            pull::ensure(&docker, options.image(*service), &tell).await?;
        }
        let owner = Owner::this_process();
        let run = owner.run_id(RUNS.fetch_add(1, Ordering::Relaxed));
        interrupt::listen(options.interrupt);
        let guard = Guard::new(&run, options.keep);
        let network = format!("tributary-{run}");
        create_network(&docker, &network, &run, &owner, options.keep).await?;
        let plan = Plan {
            docker: &docker,
            run: &run,
            network: &network,
            owner: &owner,
            options: &options,
        };
        let launches = options.services.iter().map(|service| launch(&plan, *service, &tell));
        let services = try_join_all(launches).await?;
        let services = services.into_iter().map(|launched| (launched.service, launched)).collect();
        let stack = Self { run, services, guard };
        if options.keep {
            stack.guard.keep();
            tell(Progress::Kept { run: stack.run.clone(), how: stack.how_to_attach() });
        }
        Ok(stack)
    }

    /// The id of the run, as its labels carry it.
    #[must_use]
    pub fn run(&self) -> &str {
        &self.run
    }

    /// Where a service is reached from this machine; `None` when it was not started.
    #[must_use]
    pub fn url(&self, service: Service) -> Option<String> {
        let launched = self.services.get(&service)?;
        Some(format!("http://127.0.0.1:{}", launched.port))
    }

    /// Where LocalStack is reached from this machine; empty when it was not started.
    #[must_use]
    pub fn aws_url(&self) -> String {
        self.url(Service::LocalStack).unwrap_or_default()
    }

    /// Where OpenSearch is reached from this machine; empty when it was not started.
    #[must_use]
    pub fn opensearch_url(&self) -> String {
        self.url(Service::OpenSearch).unwrap_or_default()
    }

    /// Where a service is reached from the other's container: the `ClusterEndpoint` of a delivery
    /// stream in LocalStack.
    #[must_use]
    pub fn url_inside(&self, service: Service) -> Option<&str> {
        self.services.get(&service).map(|launched| launched.inside.as_str())
    }

    /// The name of a service's container, for `docker logs`, `docker pause` and the like.
    #[must_use]
    pub fn container(&self, service: Service) -> Option<&str> {
        self.services.get(&service).map(|launched| launched.name.as_str())
    }

    /// How a person attaches to this stack, and removes it.
    #[must_use]
    pub fn how_to_attach(&self) -> String {
        let mut text = format!("run {} is kept:", self.run);
        for launched in self.services.values() {
            let Launched { service, name, port, .. } = launched;
            text.push_str(&format!(
                "\n  {service}: http://127.0.0.1:{port}   (docker logs -f {name}; docker exec -it {name} bash)"
            ));
        }
        let ours = format!("--filter label={}={}", label::RUN, self.run);
        text.push_str(&format!(
            "\n  remove: docker rm -f -v $(docker ps -aq {ours}); docker network rm $(docker network ls -q {ours})"
        ));
        text
    }
}

async fn create_network(
    docker: &Docker,
    name: &str,
    run: &str,
    owner: &Owner,
    keep: bool,
) -> Result<(), StackError> {
    let request = NetworkCreateRequest {
        name: name.to_owned(),
        labels: Some(label::of_run(run, owner, keep)),
        ..NetworkCreateRequest::default()
    };
    docker.create_network(request).await.map_err(engine::refused("create a network"))?;
    Ok(())
}

async fn launch(
    plan: &Plan<'_>,
    service: Service,
    tell: &(dyn Fn(Progress) + Send + Sync),
) -> Result<Launched, StackError> {
    let image = plan.options.image(service).to_string();
    tell(Progress::Starting { service, image });
    let launched = plan.launch(service).await?;
    let url = format!("http://127.0.0.1:{}", launched.port);
    tell(Progress::Ready { service, url });
    Ok(launched)
}
