//! Real containers: they come up, and nothing is left of them whatever happens to the run.
//!
//! Run with `TRIBUTARY_CONTAINERS=1` on a machine with an engine and the images; without it these
//! tests say that they were not run.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and tells why"
)]

use std::io::{BufRead, BufReader, Lines, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::panic::catch_unwind;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tributary_containers::{Options, Progress, Service, Stack, StackError, label};

/// One at a time: each looks at all containers of ours.
fn real() -> Option<MutexGuard<'static, ()>> {
    static ALONE: Mutex<()> = Mutex::new(());
    if std::env::var_os("TRIBUTARY_CONTAINERS").is_none() {
        eprintln!("not run: set TRIBUTARY_CONTAINERS=1 where there are an engine and the images");
        return None;
    }
    Some(ALONE.lock().unwrap_or_else(PoisonError::into_inner))
}

fn start(options: Options) -> Result<(Stack, Vec<Progress>), StackError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let told = Mutex::new(Vec::new());
    let stack = runtime.block_on(Stack::start(options, |step| told.lock().unwrap().push(step)))?;
    Ok((stack, told.into_inner().unwrap()))
}

fn localstack() -> Options {
    Options::from_env().services(&[Service::LocalStack])
}

fn docker(arguments: &[&str]) -> String {
    let output = Command::new("docker").args(arguments).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// The containers and networks of a run.
fn left_of(run: &str) -> String {
    let filter = format!("label={}={run}", label::RUN);
    let containers = docker(&["ps", "-aq", "--filter", &filter]);
    let networks = docker(&["network", "ls", "-q", "--filter", &filter]);
    format!("{containers}{networks}")
}

fn status_of(url: &str, path: &str) -> String {
    let address = url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    // The connection may be closed hard behind the answer.
    let _ = stream.read_to_string(&mut answer);
    answer.lines().next().unwrap_or_default().to_owned()
}

/// The body of the child processes below: it starts LocalStack, says its run, and waits.
#[test]
fn helper() {
    if std::env::var_os("TRIBUTARY_HELPER").is_none() {
        return;
    }
    match start(localstack()) {
        Ok((stack, _)) => {
            println!("run={}", stack.run());
            let mut end = String::new();
            // Whoever started this ends it.
            let _ = std::io::stdin().read_line(&mut end);
        }
        Err(error) => println!("error={error}"),
    }
}

/// A running helper; its pipes stay open as long as it is held.
struct Helper {
    child: Child,
    _pipes: (ChildStdin, Lines<BufReader<ChildStdout>>),
}

/// This test program again, as its helper; with what it said after `run=` or `error=`.
fn child(mut command: Command) -> (Helper, String) {
    let mut child = command
        .env("TRIBUTARY_HELPER", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let told = lines.by_ref().map_while(Result::ok).find_map(|line| {
        let at = line.find("run=").or_else(|| line.find("error="))?;
        Some(line[at..].split_once('=').unwrap().1.to_owned())
    });
    let pipes = (child.stdin.take().unwrap(), lines);
    (Helper { child, _pipes: pipes }, told.unwrap_or_default())
}

fn helper_command() -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "helper", "--nocapture"]);
    command
}

#[test]
fn both_answer_and_nothing_is_left() {
    let Some(_alone) = real() else { return };
    let (stack, told) = start(Options::from_env()).unwrap();
    assert!(status_of(&stack.aws_url(), "/_localstack/health").contains("200"));
    assert!(status_of(&stack.opensearch_url(), "/_cluster/health").contains("200"));
    let ready = |step: &&Progress| matches!(step, Progress::Ready { .. });
    assert_eq!(told.iter().filter(ready).count(), 2, "{told:?}");
    let published = docker(&["port", stack.container(Service::OpenSearch).unwrap(), "9200"]);
    assert!(published.starts_with("127.0.0.1:") && !published.contains("0.0.0.0"), "{published}");
    let inside = stack.url_inside(Service::OpenSearch).unwrap();
    let from = stack.container(Service::LocalStack).unwrap();
    let health = docker(&["exec", from, "curl", "-s", &format!("{inside}/_cluster/health")]);
    assert!(health.contains("\"status\""), "from LocalStack, {inside} says: {health}");
    let run = stack.run().to_owned();
    assert_ne!(left_of(&run), "");
    drop(stack);
    assert_eq!(left_of(&run), "");
}

#[test]
fn a_panic_leaves_nothing() {
    let Some(_alone) = real() else { return };
    let run = Mutex::new(String::new());
    let result = catch_unwind(|| {
        let (stack, _) = start(localstack()).unwrap();
        stack.run().clone_into(&mut run.lock().unwrap());
        panic!("as a test does");
    });
    assert!(result.is_err());
    let run = run.into_inner().unwrap_or_else(PoisonError::into_inner);
    assert!(!run.is_empty());
    assert_eq!(left_of(&run), "");
}

#[test]
fn ctrl_c_leaves_nothing() {
    let Some(_alone) = real() else { return };
    let (mut helper, run) = child(helper_command());
    assert_ne!(left_of(&run), "", "{run}");
    Command::new("kill").args(["-INT", &helper.child.id().to_string()]).status().unwrap();
    assert_eq!(helper.child.wait().unwrap().code(), Some(105));
    assert_eq!(left_of(&run), "");
}

#[test]
fn a_killed_run_is_removed_by_what_outlives_it() {
    let Some(_alone) = real() else { return };
    let (mut helper, run) = child(helper_command());
    assert_ne!(left_of(&run), "", "{run}");
    helper.child.kill().unwrap();
    helper.child.wait().unwrap();
    let gone = (0..300).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        left_of(&run).is_empty()
    });
    assert!(gone, "{}", left_of(&run));
}

#[test]
fn a_killed_run_is_removed_by_the_next_and_others_are_let_be() {
    let Some(_alone) = real() else { return };
    let image = localstack().localstack.to_string();
    let foreign = docker(&["create", &image]);
    // Without the engine's command nobody removes it before.
    let mut command = helper_command();
    command.env("PATH", "");
    let (mut helper, run) = child(command);
    helper.child.kill().unwrap();
    helper.child.wait().unwrap();
    assert_ne!(left_of(&run), "");
    let (kept, _) = start(Options { keep: true, ..localstack() }).unwrap();
    assert_eq!(left_of(&run), "");
    let kept_run = kept.run().to_owned();
    assert!(kept.how_to_attach().contains("docker logs"));
    drop(kept);
    let (stack, told) = start(localstack()).unwrap();
    let removal = |step: &Progress| matches!(step, Progress::RemovedLeftovers { .. });
    assert!(!told.iter().any(removal), "{told:?}");
    drop(stack);
    assert_ne!(left_of(&kept_run), "", "what is to be kept is kept");
    assert_eq!(docker(&["ps", "-aq", "--no-trunc", "--filter", &format!("id={foreign}")]), foreign);
    docker(&["rm", "-v", &foreign]);
    let filter = format!("label={}={kept_run}", label::RUN);
    for id in docker(&["ps", "-aq", "--filter", &filter]).lines() {
        docker(&["rm", "-f", "-v", id]);
    }
    for id in docker(&["network", "ls", "-q", "--filter", &filter]).lines() {
        docker(&["network", "rm", id]);
    }
}

#[test]
fn an_image_that_is_nowhere_is_told() {
    let Some(_alone) = real() else { return };
    let mut options = localstack();
    options.localstack.version = "0.0.0-none".to_owned();
    let error = start(options).unwrap_err();
    assert!(matches!(error, StackError::ImageMissing { .. }), "{error}");
    assert!(error.to_string().contains("build it locally"), "{error}");
}

#[test]
fn a_container_that_dies_shows_its_last_lines() {
    let Some(_alone) = real() else { return };
    let mut options = Options::from_env().services(&[Service::OpenSearch]);
    options.opensearch_java_options = "-Xmx1nonsense".to_owned();
    let error = start(options).unwrap_err();
    let StackError::Died { code, lines, .. } = &error else { panic!("{error}") };
    assert_ne!(*code, 0);
    assert!(lines.iter().any(|line| line.contains("1nonsense")), "{error}");
    let ours = format!("label={}", label::PID);
    let of_this_process = format!("{ours}={}", std::process::id());
    assert_eq!(docker(&["ps", "-aq", "--filter", &of_this_process]), "");
}

#[test]
fn a_port_that_is_taken_is_told() {
    let Some(_alone) = real() else { return };
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let mut options = localstack();
    options.ports.insert(Service::LocalStack, port);
    let error = start(options).unwrap_err();
    assert!(matches!(error, StackError::PortTaken { port: told, .. } if told == port), "{error}");
}

#[test]
fn no_engine_and_one_that_may_not_be_used_are_told() {
    let Some(_alone) = real() else { return };
    let mut command = helper_command();
    command.env("DOCKER_HOST", "unix:///nowhere/docker.sock");
    let (mut none, told) = child(command);
    none.child.wait().unwrap();
    assert!(told.starts_with("no container engine answers"), "{told}");
    // As nobody, where this user may become so.
    let socket = "/var/run/docker.sock";
    let mut command = Command::new("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
    let nobody = command.arg("true").status().is_ok_and(|status| status.success());
    if !nobody || std::fs::metadata(socket).is_err() {
        eprintln!("not run: this user cannot become another");
        return;
    }
    let copy = std::env::temp_dir().join(format!("tributary-helper-{}", std::process::id()));
    std::fs::copy(std::env::current_exe().unwrap(), &copy).unwrap();
    let mut command = Command::new("setpriv");
    command
        .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
        .arg(&copy)
        .args(["--exact", "helper", "--nocapture"])
        .env("HOME", "/")
        .current_dir("/");
    let (mut denied, told) = child(command);
    denied.child.wait().unwrap();
    std::fs::remove_file(&copy).unwrap();
    assert!(told.contains("this user may not use it"), "{told}");
}
