//! The two generations of the control plane: the same domains under different names.

/// Under which names a request came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Elasticsearch Service, 2015-01-01.
    Elasticsearch,
    /// OpenSearch Service, 2021-01-01.
    OpenSearch,
}

impl Form {
    /// The action that the policies are asked for, such as `es:CreateDomain`.
    pub(super) fn action(self, verb: &str) -> String {
        match self {
            Self::Elasticsearch => format!("es:{verb}ElasticsearchDomain"),
            Self::OpenSearch => format!("es:{verb}Domain"),
        }
    }

    /// The same with `Config` behind it.
    pub(super) fn config_action(self, verb: &str) -> String {
        format!("{}Config", self.action(verb))
    }

    /// The member that holds the kind and number of instances.
    pub(super) fn cluster_config(self) -> &'static str {
        match self {
            Self::Elasticsearch => "ElasticsearchClusterConfig",
            Self::OpenSearch => "ClusterConfig",
        }
    }

    /// The member that holds the version.
    pub(super) fn version(self) -> &'static str {
        match self {
            Self::Elasticsearch => "ElasticsearchVersion",
            Self::OpenSearch => "EngineVersion",
        }
    }

    /// What instance types end with.
    pub(super) fn instance_suffix(self) -> &'static str {
        match self {
            Self::Elasticsearch => ".elasticsearch",
            Self::OpenSearch => ".search",
        }
    }
}
