//! What to start, and how.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::image::ImageName;
use crate::interrupt::Interrupt;
use crate::service::Service;

/// What to start, and how.
#[derive(Debug, Clone)]
pub struct Options {
    /// The services; both by default.
    pub services: Vec<Service>,
    /// LocalStack's image.
    pub localstack: ImageName,
    /// OpenSearch's image.
    pub opensearch: ImageName,
    /// Fixed ports of the loopback interface; a service that is not here gets a free one.
    pub ports: BTreeMap<Service, u16>,
    /// Further environment variables of LocalStack's container.
    pub localstack_environment: BTreeMap<String, String>,
    /// OpenSearch's Java options: half a gigabyte of heap by default.
    pub opensearch_java_options: String,
    /// How long a service may take until it answers. OpenSearch takes 15 s, and a minute on a
    /// machine that is busy with other things.
    pub startup_timeout: Duration,
    /// Whether containers and network stay when the run is over.
    pub keep: bool,
    /// What Ctrl-C and SIGTERM do while a stack is up.
    pub interrupt: Interrupt,
}

impl Default for Options {
    fn default() -> Self {
        Self::from_variables(|_| None)
    }
}

impl Options {
    /// The defaults with what the environment overrides: `TRIBUTARY_IMAGE_REGISTRY`,
    /// `TRIBUTARY_LOCALSTACK_VERSION`, `TRIBUTARY_OPENSEARCH_VERSION`,
    /// `TRIBUTARY_OPENSEARCH_JAVA_OPTS`, `TRIBUTARY_KEEP` and `LOCALSTACK_AUTH_TOKEN`.
    #[must_use]
    pub fn from_env() -> Self {
        Self::from_variables(|name| std::env::var(name).ok())
    }

    /// As [`from_env`](Self::from_env), with another place to look variables up.
    #[must_use]
    pub fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let registry = set("TRIBUTARY_IMAGE_REGISTRY").unwrap_or_default();
        let image = |repository: &str, variable: &str, default: &str| {
            let version = set(variable).unwrap_or_else(|| default.to_owned());
            ImageName::new(&registry, repository, &version)
        };
        let mut localstack_environment = BTreeMap::new();
        // Later images refuse to start without it; the community one does not mind.
        if let Some(token) = set("LOCALSTACK_AUTH_TOKEN") {
            localstack_environment.insert("LOCALSTACK_AUTH_TOKEN".to_owned(), token);
        }
        Self {
            services: vec![Service::LocalStack, Service::OpenSearch],
            localstack: image("localstack/localstack", "TRIBUTARY_LOCALSTACK_VERSION", "4.14.0"),
            opensearch: image(
                "opensearchproject/opensearch",
                "TRIBUTARY_OPENSEARCH_VERSION",
                "3.8.0",
            ),
            ports: BTreeMap::new(),
            localstack_environment,
            opensearch_java_options: set("TRIBUTARY_OPENSEARCH_JAVA_OPTS")
                .unwrap_or_else(|| "-Xms512m -Xmx512m".to_owned()),
            startup_timeout: Duration::from_secs(180),
            keep: set("TRIBUTARY_KEEP").is_some_and(|value| value != "0"),
            interrupt: Interrupt::default(),
        }
    }

    /// With these services only.
    #[must_use]
    pub fn services(mut self, services: &[Service]) -> Self {
        self.services = services.to_vec();
        self
    }

    /// The image of a service.
    pub(crate) const fn image(&self, service: Service) -> &ImageName {
        match service {
            Service::LocalStack => &self.localstack,
            Service::OpenSearch => &self.opensearch,
        }
    }

    /// The environment of a service's container.
    pub(crate) fn environment(&self, service: Service) -> BTreeMap<String, String> {
        let of = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
        };
        match service {
            Service::LocalStack => {
                // A test tells nobody that it ran.
                let mut all: BTreeMap<String, String> = of(&[("DISABLE_EVENTS", "1")]);
                all.extend(self.localstack_environment.clone());
                all
            }
            Service::OpenSearch => of(&[
                ("discovery.type", "single-node"),
                ("DISABLE_SECURITY_PLUGIN", "true"),
                ("DISABLE_INSTALL_DEMO_CONFIG", "true"),
                // A laptop's disk is often fuller than a cluster's may be, and then no index opens.
                ("cluster.routing.allocation.disk.threshold_enabled", "false"),
                ("OPENSEARCH_JAVA_OPTS", &self.opensearch_java_options),
            ]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_overrides_versions_and_registry() {
        let options = Options::from_variables(|name| match name {
            "TRIBUTARY_IMAGE_REGISTRY" => Some("mirror.example".to_owned()),
            "TRIBUTARY_OPENSEARCH_VERSION" => Some("3.7.0".to_owned()),
            "TRIBUTARY_LOCALSTACK_VERSION" => Some(String::new()),
            "TRIBUTARY_KEEP" => Some("1".to_owned()),
            "LOCALSTACK_AUTH_TOKEN" => Some("ls-token".to_owned()),
            _ => None,
        });
        let image = |service| options.image(service).to_string();
        assert_eq!(image(Service::LocalStack), "mirror.example/localstack/localstack:4.14.0");
        assert_eq!(image(Service::OpenSearch), "mirror.example/opensearchproject/opensearch:3.7.0");
        assert!(options.keep);
        let environment = options.environment(Service::LocalStack);
        assert_eq!(environment["LOCALSTACK_AUTH_TOKEN"], "ls-token");
        assert!(!options.environment(Service::OpenSearch).contains_key("LOCALSTACK_AUTH_TOKEN"));
    }
}
