//! The same scenario on real LocalStack and OpenSearch, and through an OpenSearch that is down for a
//! minute.
//!
//! Run with `TRIBUTARY_CONTAINERS=1` and `--features containers` on a machine with an engine and
//! the images; without the variable these tests say that they were not run.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and tells why; containers live in the machine's time"
)]

use std::net::TcpListener;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tributary::containers::{Options, Service, label};
use tributary::{Backend, Ended, Overrides, Run, Scenario, run_to_end, seconds};
use tributary_reports::Outcome;

/// One at a time, where there is an engine.
async fn real() -> Option<tokio::sync::MutexGuard<'static, ()>> {
    static ALONE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
    if std::env::var_os("TRIBUTARY_CONTAINERS").is_none() {
        eprintln!("not run: set TRIBUTARY_CONTAINERS=1 where there are an engine and the images");
        return None;
    }
    Some(ALONE.lock().await)
}

fn docker(arguments: &[&str]) -> String {
    let output = Command::new("docker").args(arguments).output().unwrap();
    assert!(output.status.success(), "docker {arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Containers and networks of this process that are there.
fn ours() -> Vec<String> {
    let filter = format!("label={}={}", label::PID, std::process::id());
    let containers = docker(&["ps", "-a", "--format", "{{.Names}}", "--filter", &filter]);
    let networks = docker(&["network", "ls", "--format", "{{.Name}}", "--filter", &filter]);
    format!("{containers}\n{networks}").split_whitespace().map(str::to_owned).collect()
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn overrides(options: Options, rate: f64, lasting: Duration) -> Overrides {
    Overrides {
        rate: Some(rate),
        lasting: Some(lasting),
        backend: Backend::Containers(Box::new(options)),
        tell: Some(Arc::new(|sentence: &str| eprintln!("{sentence}"))),
        ..Overrides::default()
    }
}

fn assert_whole(run: &Run) {
    let text = tributary_reports::text::summary(run, &Default::default());
    eprintln!("{text}");
    assert_eq!(run.outcome, Outcome::Passed, "{text}");
    let counts = &run.delivery.total;
    assert_eq!(
        (counts.indexed, counts.backed_up, counts.lost, counts.corrupted, counts.leaked),
        (counts.generated, counts.generated, 0, 0, 0)
    );
    let bridges: Vec<&str> =
        run.bridges.iter().filter_map(|bridge| bridge.split(':').next()).collect();
    assert_eq!(bridges, ["sources", "subscription", "transform"]);
    let skipped: Vec<&str> = run.skipped.iter().map(|it| it.requires.as_str()).collect();
    for missing in ["cross-account-destinations", "filter-patterns", "iam-enforced"] {
        assert!(skipped.contains(&missing), "{skipped:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_event_goes_through_real_services() {
    let Some(_alone) = real().await else { return };
    let scenario = Scenario::find("centralized-logging").unwrap();
    let overrides = overrides(Options::from_env(), 50.0, seconds(20));
    let Ended { run, truth, left } = run_to_end(&scenario, &overrides).await.unwrap();
    assert_whole(&run);
    assert_eq!((run.delivery.total.generated, truth[0].events), (1_000, 1_000));
    assert!(left.is_empty(), "{left:?}");
    assert_eq!(ours(), Vec::<String>::new());
    eprintln!("ran: centralized-logging on containers");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_opensearch_that_is_down_for_a_minute_costs_nothing_but_time() {
    let Some(_alone) = real().await else { return };
    // A container that is started again gets another port, unless it was told which.
    let mut options = Options::from_env();
    options.ports.insert(Service::OpenSearch, free_port());
    let scenario = Scenario::find("centralized-logging").unwrap();
    let mut overrides = overrides(options, 20.0, seconds(100));
    let told = Arc::new(Mutex::new(Vec::new()));
    let hears = Arc::clone(&told);
    overrides.tell = Some(Arc::new(move |sentence: &str| {
        eprintln!("{sentence}");
        hears.lock().unwrap().push(sentence.to_owned());
    }));
    let run = tokio::spawn(async move { run_to_end(&scenario, &overrides).await });
    let sending = || told.lock().unwrap().iter().any(|it| it.starts_with("sending"));
    while !sending() && !run.is_finished() {
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    tokio::time::sleep(seconds(15)).await;
    let opensearch = ours().into_iter().find(|name| name.ends_with("-opensearch")).unwrap();
    docker(&["kill", &opensearch]);
    tokio::time::sleep(seconds(60)).await;
    docker(&["start", &opensearch]);
    let Ended { run, .. } = run.await.unwrap().unwrap();
    assert_whole(&run);
    assert_eq!(run.delivery.total.generated, 2_000);
    assert_eq!(ours(), Vec::<String>::new());
    eprintln!("ran: OpenSearch down for a minute");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lab_that_is_dropped_leaves_nothing() {
    let Some(_alone) = real().await else { return };
    let lab = tributary::Lab::centralized_logging()
        .backend(Backend::Containers(Box::new(Options::from_env())))
        .members(1)
        .shards(1)
        .start()
        .await
        .unwrap();
    let kinesis = aws_sdk_kinesis::Client::new(&lab.sdk_config("member-1"));
    let streams = kinesis.list_streams().send().await.unwrap();
    assert_eq!(streams.stream_names(), ["tributary-outbox"]);
    assert_eq!(ours().len(), 3);
    drop(lab);
    assert_eq!(ours(), Vec::<String>::new());
    eprintln!("ran: a lab on containers");
}
