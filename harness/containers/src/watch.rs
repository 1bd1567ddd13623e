//! Notices when a container of a run ends, and reads what it said last.

use futures_util::StreamExt;
use testcontainers::bollard::Docker;
use testcontainers::bollard::query_parameters::{EventsOptionsBuilder, LogsOptionsBuilder};

use crate::error::StackError;
use crate::label;
use crate::service::Service;

/// How many of the last lines are shown.
const LINES: &str = "20";

/// Returns when the container of this name has ended; the engine tells, nobody asks again and again.
pub(crate) async fn death(docker: &Docker, run: &str, name: &str, service: Service) -> StackError {
    let mut filters = label::filter(label::RUN, Some(run));
    filters.insert("type".to_owned(), vec!["container".to_owned()]);
    filters.insert("event".to_owned(), vec!["die".to_owned()]);
    let options = EventsOptionsBuilder::new().filters(&filters).build();
    let mut events = docker.events(Some(options));
    while let Some(Ok(event)) = events.next().await {
        let attributes = event.actor.and_then(|actor| actor.attributes).unwrap_or_default();
        if attributes.get("name").is_some_and(|of| of == name) {
            let code = attributes.get("exitCode").and_then(|code| code.parse().ok());
            let lines = last_lines(docker, name).await;
            return StackError::Died { service, code: code.unwrap_or(-1), lines };
        }
    }
    // The engine broke the stream off; what waits for the container will say why.
    std::future::pending().await
}

/// The exit code of a container that has ended.
pub(crate) async fn exit_code(docker: &Docker, name: &str) -> Option<i64> {
    let state = docker.inspect_container(name, None).await.ok()?.state?;
    if state.running.unwrap_or(false) { None } else { state.exit_code }
}

/// The last lines that a container wrote.
pub(crate) async fn last_lines(docker: &Docker, name: &str) -> Vec<String> {
    let options = LogsOptionsBuilder::new().stdout(true).stderr(true).tail(LINES).build();
    let mut logs = docker.logs(name, Some(options));
    let mut text = String::new();
    while let Some(Ok(piece)) = logs.next().await {
        text.push_str(&piece.to_string());
    }
    text.lines().map(|line| line.trim_end().to_owned()).filter(|line| !line.is_empty()).collect()
}
