//! Starts one service.

use testcontainers::bollard::Docker;
use testcontainers::bollard::models::{HostConfig, PortBinding};
use testcontainers::core::IntoContainerPort;
use testcontainers::core::error::ClientError;
use testcontainers::runners::AsyncRunner;
use testcontainers::{
    ContainerAsync, ContainerRequest, GenericImage, ImageExt, TestcontainersError,
};

use crate::engine::said;
use crate::error::StackError;
use crate::health;
use crate::label;
use crate::options::Options;
use crate::owner::Owner;
use crate::service::Service;
use crate::watch;

/// What is known of a run before its first container.
pub(crate) struct Plan<'a> {
    pub(crate) docker: &'a Docker,
    pub(crate) run: &'a str,
    pub(crate) network: &'a str,
    pub(crate) owner: &'a Owner,
    pub(crate) options: &'a Options,
}

/// A service that answers.
#[derive(Debug)]
pub(crate) struct Launched {
    pub(crate) service: Service,
    pub(crate) name: String,
    pub(crate) port: u16,
    pub(crate) inside: String,
}

impl Plan<'_> {
    pub(crate) fn name(&self, service: Service) -> String {
        format!("{}-{}", self.network, service.slug())
    }

    /// Starts a service and returns when it answers.
    ///
    /// # Errors
    /// [`StackError::PortTaken`], [`StackError::Died`], [`StackError::NotReady`],
    /// [`StackError::Engine`].
    pub(crate) async fn launch(&self, service: Service) -> Result<Launched, StackError> {
        let name = self.name(service);
        tokio::select! {
            // Asked first, so that the engine tells of the death before there is a container.
            biased;
            death = watch::death(self.docker, self.run, &name, service) => Err(death),
            launched = self.bring_up(service, &name) => launched,
        }
    }

    async fn bring_up(&self, service: Service, name: &str) -> Result<Launched, StackError> {
        let container = match self.request(service, name).start().await {
            Ok(container) => container,
            Err(error) => return Err(self.explain(service, name, error).await),
        };
        let launched = self.describe(service, name.to_owned(), container).await?;
        let limit = self.options.startup_timeout;
        if health::answers(launched.port, service.health_path(), limit).await {
            return Ok(launched);
        }
        let lines = watch::last_lines(self.docker, name).await;
        Err(StackError::NotReady { service, seconds: limit.as_secs(), lines })
    }

    fn request(&self, service: Service, name: &str) -> ContainerRequest<GenericImage> {
        let options = self.options;
        let image = options.image(service);
        let published = options.ports.get(&service).map(ToString::to_string).unwrap_or_default();
        let labels = label::of_run(self.run, self.owner, options.keep);
        let mut request = GenericImage::new(image.repository.clone(), image.version.clone())
            .with_exposed_port(service.port().tcp())
            .with_container_name(name)
            .with_network(self.network)
            .with_labels(labels)
            .with_startup_timeout(options.startup_timeout)
            .with_host_config_modifier(move |host: &mut HostConfig| {
                // Testcontainers would publish on every interface of the machine.
                let binding = PortBinding {
                    host_ip: Some("127.0.0.1".to_owned()),
                    host_port: Some(published.clone()),
                };
                host.publish_all_ports = Some(false);
                let port = format!("{}/tcp", service.port());
                host.port_bindings = Some([(port, Some(vec![binding]))].into());
            });
        for (variable, value) in options.environment(service) {
            request = request.with_env_var(variable, value);
        }
        request
    }

    async fn describe(
        &self,
        service: Service,
        name: String,
        container: ContainerAsync<GenericImage>,
    ) -> Result<Launched, StackError> {
        let port = container.get_host_port_ipv4(service.port().tcp()).await;
        // Its own destructor wants a running tokio, and knows neither networks nor `keep`:
        // removal is ours, by label.
        std::mem::forget(container);
        let refused =
            |cause: String| StackError::Engine { what: format!("tell where {service} is"), cause };
        let port = port.map_err(|error| refused(error.to_string()))?;
        let inspected = self.docker.inspect_container(&name, None).await;
        let inspected = inspected.map_err(|error| refused(said(&error)))?;
        let address = inspected
            .network_settings
            .and_then(|settings| settings.networks)
            .and_then(|mut networks| networks.remove(self.network))
            .and_then(|network| network.ip_address)
            .filter(|address| !address.is_empty())
            .unwrap_or_else(|| name.clone());
        let inside = format!("http://{address}:{}", service.port());
        Ok(Launched { service, name, port, inside })
    }

    async fn explain(
        &self,
        service: Service,
        name: &str,
        error: TestcontainersError,
    ) -> StackError {
        if let TestcontainersError::Client(
            ClientError::StartContainer(cause) | ClientError::CreateContainer(cause),
        ) = &error
        {
            let cause = said(cause);
            let taken = ["port is already allocated", "address already in use"];
            if let Some(port) = self.options.ports.get(&service)
                && taken.iter().any(|words| cause.contains(words))
            {
                return StackError::PortTaken { service, port: *port };
            }
            return StackError::Engine { what: format!("start {service}"), cause };
        }
        if let Some(code) = watch::exit_code(self.docker, name).await {
            let lines = watch::last_lines(self.docker, name).await;
            return StackError::Died { service, code, lines };
        }
        StackError::Engine { what: format!("start {service}"), cause: error.to_string() }
    }
}
