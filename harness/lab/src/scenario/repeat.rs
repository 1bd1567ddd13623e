//! The command that repeats a run.

use std::fmt::{Display, Write};

use super::{Overrides, Scenario};
use crate::backend::{AccountsMode, Backend, Endpoint, without_login};
use crate::driver::Clock;

/// A command line in the making.
struct Command(String);

impl Command {
    fn add(&mut self, flag: &str, value: &dyn Display) {
        // Writing to a String cannot fail.
        let _ = write!(self.0, " --{flag} {}", quoted(&value.to_string()));
    }

    fn add_if(&mut self, flag: &str, value: Option<&dyn Display>) {
        if let Some(value) = value {
            self.add(flag, value);
        }
    }
}

/// The command that repeats the run.
pub(super) fn repeat(scenario: &Scenario, overrides: &Overrides, seed: u64) -> String {
    let name = match &scenario.folder {
        Some(folder) if !folder.ends_with(format!("scenarios/{}", scenario.name)) => {
            folder.display().to_string()
        }
        _ => scenario.name.clone(),
    };
    let mut command = Command(match overrides.worker {
        None => format!("tributary run {}", quoted(&name)),
        Some(worker) => {
            let (index, count) = (worker.index + 1, worker.count);
            format!("tributary load {} --worker {index}/{count}", quoted(&name))
        }
    });
    command.add("seed", &seed);
    if overrides.clock == Some(Clock::Real) {
        command.add("clock", &Clock::Real);
    }
    command.add_if("members", overrides.members.as_ref().map(|it| it as _));
    command.add_if("shards", overrides.shards.as_ref().map(|it| it as _));
    command.add_if("rate", overrides.rate.as_ref().map(|it| it as _));
    if let Some(lasting) = &overrides.lasting {
        command.add("for", &format!("{}s", lasting.as_secs()));
    }
    command.add_if("transform", overrides.transform.as_ref().map(|it| it as _));
    for incident in &overrides.incidents {
        command.add("incident", incident);
    }
    for inject in &overrides.injects {
        command.add("inject", inject);
    }
    if !matches!(overrides.backend, Backend::Embedded) {
        command.add("backend", &overrides.backend.name());
    }
    if let Backend::Endpoint(endpoint) = &overrides.backend {
        add_endpoint(&mut command, endpoint);
    }
    if overrides.strict {
        command.0.push_str(" --strict");
    }
    command.0
}

/// What says where an endpoint is and how it is called. A login in a URL is not repeated: reports
/// are shown to others.
fn add_endpoint(command: &mut Command, endpoint: &Endpoint) {
    for (flag, url) in [
        ("aws", &endpoint.aws),
        ("opensearch", &endpoint.opensearch),
        ("opensearch-inside", &endpoint.opensearch_inside),
    ] {
        if let Some(url) = url {
            command.add(flag, &without_login(url));
        }
    }
    match &endpoint.accounts {
        AccountsMode::Key => {}
        AccountsMode::AssumeRole { role } => {
            command.add("accounts", &"assume-role");
            command.add("role", role);
        }
        AccountsMode::One => command.add("accounts", &"one"),
    }
    command.add_if("profile", endpoint.profile.as_ref().map(|it| it as _));
    if let Some(file) = &endpoint.ca_bundle {
        command.add("ca-bundle", &file.display());
    }
    for account in &endpoint.allowed_accounts {
        command.add("allow-account", account);
    }
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let plain = |sign: char| sign.is_alphanumeric() || "-_./:@,=+%".contains(sign);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tributary_generators::Worker;

    #[test]
    fn a_worker_is_repeated_as_it_was_and_its_login_is_not_told() {
        let scenario = Scenario::find("centralized-logging").expect("a built-in scenario");
        let mut endpoint = Endpoint::at("http://127.0.0.1:4566")
            .with_opensearch("https://admin:s3cr3t@search.example:9200/x");
        endpoint.opensearch_inside = Some("http://opensearch:9200".to_owned());
        endpoint.accounts = AccountsMode::AssumeRole { role: "Lab".to_owned() };
        endpoint.ca_bundle = Some("my certificates.pem".into());
        let overrides = Overrides {
            rate: Some(40.0),
            worker: Some(Worker { index: 1, count: 4 }),
            backend: Backend::Endpoint(Box::new(endpoint)),
            strict: true,
            ..Overrides::default()
        };
        assert_eq!(
            repeat(&scenario, &overrides, 7),
            "tributary load centralized-logging --worker 2/4 --seed 7 --rate 40 --backend endpoint \
             --aws http://127.0.0.1:4566 --opensearch https://search.example:9200/x \
             --opensearch-inside http://opensearch:9200 --accounts assume-role --role Lab \
             --ca-bundle 'my certificates.pem' --strict"
        );
    }
}
