//! Why a stack could not be started. Each is one sentence with a way to mend it.

use crate::service::Service;

/// Why a stack could not be started.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StackError {
    /// Nothing answers where the engine should be.
    #[error(
        "no container engine answers ({cause}): start Docker or Podman, or point DOCKER_HOST at \
         one, or run without containers by `--backend embedded`"
    )]
    NoEngine {
        /// What the connection failed with.
        cause: String,
    },
    /// The engine's socket may not be used.
    #[error(
        "the container engine is there but this user may not use it ({cause}): join its group \
         (`sudo usermod -aG docker $USER`, then log in again) or point DOCKER_HOST at a rootless one"
    )]
    NoPermission {
        /// What the connection failed with.
        cause: String,
    },
    /// The image is not here and could not be fetched.
    #[error(
        "the image {image} is not on this machine and could not be pulled ({cause}): pull it or \
         build it locally under this name, or name another by TRIBUTARY_IMAGE_REGISTRY and the \
         version variables"
    )]
    ImageMissing {
        /// The image.
        image: String,
        /// What the engine says.
        cause: String,
    },
    /// The port that was asked for is in use.
    #[error(
        "port {port} of 127.0.0.1, wanted for {service}, is taken: stop what listens there, or \
         leave the port out and get a free one"
    )]
    PortTaken {
        /// The service.
        service: Service,
        /// The port.
        port: u16,
    },
    /// The container ended before it answered.
    #[error(
        "{service} ended with exit code {code} before it answered; mend what its last lines say, \
         or give the engine more memory if they say nothing:\n{}",
        indented(lines)
    )]
    Died {
        /// The service.
        service: Service,
        /// The exit code; 137 is what the kernel's memory killer leaves.
        code: i64,
        /// The last lines of its log.
        lines: Vec<String>,
    },
    /// The container runs and does not answer.
    #[error(
        "{service} runs but did not answer within {seconds} s; give it longer on a busy machine \
         (`Options::startup_timeout`), or look at its last lines:\n{}",
        indented(lines)
    )]
    NotReady {
        /// The service.
        service: Service,
        /// How long it was waited for.
        seconds: u64,
        /// The last lines of its log.
        lines: Vec<String>,
    },
    /// The engine refused something else.
    #[error("the container engine refused to {what}: {cause}; see its own log for why")]
    Engine {
        /// What was asked for.
        what: String,
        /// What it said.
        cause: String,
    },
}

fn indented(lines: &[String]) -> String {
    if lines.is_empty() {
        return "    (it wrote nothing)".to_owned();
    }
    lines.iter().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dead_container_shows_its_last_lines() {
        let error = StackError::Died {
            service: Service::OpenSearch,
            code: 78,
            lines: vec!["bootstrap check failure".to_owned()],
        };
        let text = error.to_string();
        assert!(text.contains("exit code 78") && text.ends_with("\n    bootstrap check failure"));
    }
}
