//! The suites against every arm that there is.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking, and tells why"
)]

use tributary_conformance::arm::{Arm, Embedded, EmbeddedDomain, Moto, Server};
use tributary_conformance::generate;
use tributary_conformance::run::{Suite, record, run_suite};
use tributary_containers::{Options, Service, Stack};

/// The value of a variable that names an arm; `None`, and a line that says so, when it is not set.
fn wanted(arm: &str) -> Option<String> {
    let variable = format!("TRIBUTARY_CONFORMANCE_{arm}");
    let value = std::env::var(&variable).ok().filter(|value| !value.is_empty());
    if value.is_none() {
        eprintln!("not run: set {variable} to a URL, or to `containers` (see docs/conformance.md)");
    }
    value
}

/// The stack of the arms that are to be had from containers; removed when it is dropped.
fn stack(arms: &[(Option<String>, Service)]) -> Option<Stack> {
    let wanted = |(value, _): &&(Option<String>, Service)| value.as_deref() == Some("containers");
    let services: Vec<Service> = arms.iter().filter(wanted).map(|(_, service)| *service).collect();
    if services.is_empty() {
        return None;
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let options = Options::from_env().services(&services);
    match runtime.block_on(Stack::start(options, |step| eprintln!("{step}"))) {
        Ok(stack) => Some(stack),
        Err(error) => panic!("{error}"),
    }
}

/// Runs a suite on an arm; the text of what does not hold, empty when all does.
fn run(suite: Suite, arm: &mut dyn Arm) -> String {
    let name = arm.name();
    let outcome = run_suite(suite, arm).unwrap();
    eprintln!(
        "ran: {} on {name}: {} cases, {} differ as declared",
        suite.folder(),
        outcome.cases,
        outcome.differing.len()
    );
    if outcome.faults.is_empty() {
        return String::new();
    }
    format!("{} on {name}: {}\n", suite.folder(), outcome.report())
}

fn hold(suite: Suite, arm: &mut dyn Arm) {
    let faults = run(suite, arm);
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn embedded_opensearch() {
    hold(Suite::OpenSearch, &mut EmbeddedDomain::default());
}

#[test]
fn embedded_aws() {
    hold(Suite::Aws, &mut Embedded::default());
}

/// The recorded answers against a real server, and random requests to it and to the embedded engine.
fn opensearch(url: &str) -> String {
    let mut server = Server::opensearch(url);
    if let Some(what) = std::env::var_os("TRIBUTARY_UPDATE") {
        let recorded = record(Suite::OpenSearch, &mut server, what == "all").unwrap();
        eprintln!("recorded {recorded} cases");
    }
    let mut faults = run(Suite::OpenSearch, &mut server);
    let rounds = std::env::var("TRIBUTARY_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(12);
    let mut compared = 0;
    for seed in 0..rounds {
        let round = generate::Round::new(seed);
        let outcome = round.compare(&mut EmbeddedDomain::default(), &mut server).unwrap();
        compared += outcome.compared;
        for fault in outcome.faults {
            faults.push_str(&format!("{fault}\n"));
        }
    }
    eprintln!("ran: {rounds} sets of random documents, {compared} answers compared");
    faults
}

/// One test for both servers: they share a stack, and a server is used by one test at a time.
#[test]
fn servers() {
    let arms =
        [(wanted("OPENSEARCH"), Service::OpenSearch), (wanted("LOCALSTACK"), Service::LocalStack)];
    let stack = stack(&arms);
    let mut faults = String::new();
    for (value, service) in arms {
        let Some(mut url) = value else { continue };
        if let (Some(stack), "containers") = (&stack, url.as_str()) {
            url = stack.url(service).unwrap();
        }
        faults.push_str(&match service {
            Service::OpenSearch => opensearch(&url),
            Service::LocalStack => run(Suite::Aws, &mut Server::aws("localstack", &url)),
        });
    }
    drop(stack);
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn moto() {
    let Some(value) = wanted("MOTO") else { return };
    if value.contains("://") {
        return hold(Suite::Aws, &mut Server::aws("moto", &value));
    }
    let moto = Moto::start(&value).unwrap();
    hold(Suite::Aws, &mut Server::aws("moto", &moto.url));
}
