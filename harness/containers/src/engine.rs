//! The engine: reaching it, and reading its refusals.

use std::error::Error as _;
use std::io;

use testcontainers::bollard::Docker;
use testcontainers::bollard::errors::Error as EngineError;
use testcontainers::core::client::docker_client_instance;

use crate::error::StackError;

/// A connection to an engine that answers.
///
/// # Errors
/// [`StackError::NoEngine`] and [`StackError::NoPermission`].
pub(crate) async fn connect() -> Result<Docker, StackError> {
    let docker = docker_client_instance()
        .await
        .map_err(|error| StackError::NoEngine { cause: error.to_string() })?;
    docker.ping().await.map_err(|error| unreachable(&error))?;
    Ok(docker)
}

fn unreachable(error: &EngineError) -> StackError {
    let cause = innermost(error);
    if is_denied(error) {
        StackError::NoPermission { cause }
    } else {
        StackError::NoEngine { cause }
    }
}

/// Whether the kernel, or the socket's owner, refused the connection.
fn is_denied(error: &EngineError) -> bool {
    let mut next: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(cause) = next {
        let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        if io == Some(io::ErrorKind::PermissionDenied)
            || cause.to_string().to_lowercase().contains("permission denied")
        {
            return true;
        }
        next = cause.source();
    }
    matches!(error, EngineError::DockerResponseServerError { status_code: 401 | 403, .. })
}

/// The sentence at the bottom of a chain of errors: the others only repeat that something failed.
pub(crate) fn innermost(error: &(dyn std::error::Error + 'static)) -> String {
    let mut last = error;
    while let Some(cause) = last.source() {
        last = cause;
    }
    last.to_string()
}

/// A refusal that has no name of its own.
pub(crate) fn refused(what: &str) -> impl Fn(EngineError) -> StackError {
    move |error| StackError::Engine { what: what.to_owned(), cause: said(&error) }
}

/// What the engine itself said.
pub(crate) fn said(error: &EngineError) -> String {
    match error {
        EngineError::DockerResponseServerError { message, .. } => message.clone(),
        other => match other.source() {
            Some(cause) => innermost(cause),
            None => other.to_string(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_denied_socket_is_told_from_a_missing_one() {
        let of = |kind| EngineError::IOError { err: io::Error::from(kind) };
        let told = unreachable(&of(io::ErrorKind::PermissionDenied));
        assert!(matches!(told, StackError::NoPermission { .. }), "{told}");
        let told = unreachable(&of(io::ErrorKind::NotFound));
        assert!(matches!(told, StackError::NoEngine { .. }), "{told}");
    }
}
