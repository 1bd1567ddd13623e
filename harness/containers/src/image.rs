//! Names of images.

use std::fmt;

/// An image by its name and its version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageName {
    /// `localstack/localstack`, with a registry in front where one is set.
    pub repository: String,
    /// The tag.
    pub version: String,
}

impl ImageName {
    /// The image of a repository in a registry; an empty registry is the engine's default.
    pub(crate) fn new(registry: &str, repository: &str, version: &str) -> Self {
        let registry = registry.trim_end_matches('/');
        let repository = if registry.is_empty() {
            repository.to_owned()
        } else {
            format!("{registry}/{repository}")
        };
        Self { repository, version: version.to_owned() }
    }
}

impl fmt::Display for ImageName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}", self.repository, self.version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_registry_stands_in_front() {
        let name = |registry| ImageName::new(registry, "localstack/localstack", "4.14.0");
        assert_eq!(name("").to_string(), "localstack/localstack:4.14.0");
        assert_eq!(
            name("mirror.example:5000/hub/").to_string(),
            "mirror.example:5000/hub/localstack/localstack:4.14.0"
        );
    }
}
