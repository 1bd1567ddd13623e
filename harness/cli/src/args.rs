//! The arguments.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Parser, Subcommand, ValueEnum};

use crate::backend::BackendArgs;
use crate::generate::GenerateArgs;
use crate::merge::MergeArgs;
use tributary::{Clock, Incident, Inject, Worker, parse_duration};

const EXIT_CODES: &str = "Exit codes: 0 passed · 1 internal error · 2 usage · 4 nothing selected · \
    99 threshold · 100 delivery or contract assertion · 101 regression against the baseline · \
    102 backend unavailable · 103 scenario invalid · 105 interrupted";

/// A laboratory for AWS log aggregation across accounts.
#[derive(Debug, Parser)]
#[command(name = "tributary", version, after_help = EXIT_CODES, max_term_width = 100)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run scenarios and account for every event
    Run(Box<RunArgs>),
    /// Send one worker's share of a scenario to an endpoint
    Load(Box<LoadArgs>),
    /// List the scenarios, or the steps of the set-up
    List(ListArgs),
    /// Render a run again from its run.json
    Report(ReportArgs),
    /// Make one run of the runs of all workers
    ///
    /// Every worker of --worker I/N leaves a run.json about its own share. This adds them up, checks
    /// that the accounting closes, and ends as the run that they are together. What was sent,
    /// truth.json, is not merged: it stays with each worker.
    Merge(MergeArgs),
    /// Write synthetic logs, without a lab
    Generate(Box<GenerateArgs>),
    /// Look a scenario's policies over before anything runs
    Check(CheckArgs),
    /// Say whether policies allow a call, and why
    ExplainAccess(ExplainAccessArgs),
}

/// List the scenarios, or the steps of the set-up.
#[derive(Debug, clap::Args)]
pub(crate) struct ListArgs {
    /// The steps of the set-up, which a scenario may leave out
    #[arg(long)]
    pub(crate) steps: bool,
}

/// Run scenarios and account for every event.
#[derive(Debug, clap::Args)]
pub(crate) struct RunArgs {
    /// Scenarios, by name or as the path of a folder
    #[arg(value_name = "SCENARIO", default_value = "centralized-logging")]
    pub(crate) scenarios: Vec<String>,
    /// The number that all chance comes from
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,
    /// virtual or real time; virtual when not said, real where there is no other
    #[arg(long, value_name = "CLOCK")]
    pub(crate) clock: Option<Clock>,
    /// Member accounts, 1 to 1000
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1000))]
    pub(crate) members: Option<u64>,
    /// Shards of the central stream, 1 to 500
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=500))]
    pub(crate) shards: Option<u32>,
    /// Events per second, all sources together
    #[arg(long, value_name = "EVENTS_PER_S", value_parser = rate, allow_negative_numbers = true)]
    pub(crate) rate: Option<f64>,
    /// How long traffic is sent, such as 90s, 15m or 2h
    #[arg(long = "for", value_name = "DURATION", value_parser = duration)]
    pub(crate) lasting: Option<Duration>,
    /// builtin:envelope or builtin:documents
    #[arg(long, value_name = "TRANSFORM", value_parser = transform)]
    pub(crate) transform: Option<String>,
    /// Plant an attack: port-scan, ssh-brute-force, rdp-brute-force, leaked-key, exfiltration or
    /// crypto-mining
    #[arg(long, value_name = "NAME")]
    pub(crate) incident: Vec<Incident>,
    /// Plant a fault, such as loss@kinesis:3; kinds: loss, duplicate, corrupt, reorder, leak
    #[arg(long, value_name = "KIND@STAGE[:N]")]
    pub(crate) inject: Vec<Inject>,
    /// The folder for run.json and report.html; target/tributary/<run> when not said
    #[arg(long, value_name = "DIR")]
    pub(crate) report: Option<PathBuf>,
    /// Write run.json to this file as well; - is standard output
    #[arg(long, value_name = "FILE|-")]
    pub(crate) json: Option<PathBuf>,
    /// No summary
    #[arg(long, short)]
    pub(crate) quiet: bool,
    #[command(flatten)]
    pub(crate) backend: BackendArgs,
}

/// Send one worker's share of a scenario to an endpoint.
///
/// All workers are given the same scenario, seed, rate and duration. Worker 1 sets the topology up,
/// carries what the endpoint lacks, and removes everything at the end; the others wait for it.
#[derive(Debug, clap::Args)]
pub(crate) struct LoadArgs {
    /// Which share this is, such as 2/4
    #[arg(long, value_name = "I/N", value_parser = worker)]
    pub(crate) worker: Worker,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// Look a scenario's policies over before anything runs.
#[derive(Debug, clap::Args)]
pub(crate) struct CheckArgs {
    /// Scenarios, by name or as the path of a folder
    #[arg(value_name = "SCENARIO", default_value = "centralized-logging")]
    pub(crate) scenarios: Vec<String>,
    /// Member accounts, 1 to 1000
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1000))]
    pub(crate) members: Option<u64>,
    /// Take warnings for errors
    #[arg(long)]
    pub(crate) strict: bool,
    /// Write the findings to this file as well; - is standard output
    #[arg(long, value_name = "FILE|-")]
    pub(crate) json: Option<PathBuf>,
}

/// Say whether policies allow a call, and why.
///
/// Either a question to the policies of a scenario, or requests that bring theirs along.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("source").required(true).args(["request", "caller"]))]
pub(crate) struct ExplainAccessArgs {
    /// Requests in the shape of IAM's SimulateCustomPolicy, one JSON object a line; - is standard input
    #[arg(long, value_name = "FILE|-", conflicts_with_all = ["scenario", "action", "resource", "context", "members"])]
    pub(crate) request: Option<PathBuf>,
    /// The scenario whose policies are asked, by name or as the path of a folder
    #[arg(long, value_name = "SCENARIO", default_value = "centralized-logging")]
    pub(crate) scenario: String,
    /// Who asks: master, member-1, an account id, a role, an ARN, or a service such as
    /// logs.amazonaws.com
    #[arg(long = "as", value_name = "PRINCIPAL", requires_all = ["action", "resource"])]
    pub(crate) caller: Option<String>,
    /// The action, such as logs:PutSubscriptionFilter
    #[arg(value_name = "ACTION")]
    pub(crate) action: Option<String>,
    /// The ARN of the resource, or *
    #[arg(value_name = "RESOURCE")]
    pub(crate) resource: Option<String>,
    /// A condition key of the request, such as aws:SourceArn=arn:…; may be repeated
    #[arg(long, value_name = "KEY=VALUE", value_parser = key_value)]
    pub(crate) context: Vec<(String, String)>,
    /// Member accounts, 1 to 1000
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1000))]
    pub(crate) members: Option<u64>,
}

/// Render a run again from its run.json.
#[derive(Debug, clap::Args)]
pub(crate) struct ReportArgs {
    /// The run file; - is standard input
    #[arg(value_name = "RUN.JSON")]
    pub(crate) file: PathBuf,
    /// What to render
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

/// The renderings of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// As on the terminal
    Text,
    /// One self-contained page
    Html,
    /// JUnit XML
    Junit,
    /// For a pull request or a step summary
    Markdown,
    /// Annotations of a GitHub workflow
    Github,
    /// run.json
    Json,
}

fn rate(text: &str) -> Result<f64, String> {
    let wrong =
        || format!("'{text}' is not a rate: it has to be a number of events per second above 0");
    let rate: f64 = text.parse().map_err(|_| wrong())?;
    if rate.is_finite() && rate > 0.0 { Ok(rate) } else { Err(wrong()) }
}

fn worker(text: &str) -> Result<Worker, String> {
    let wrong = || format!("'{text}' is no share: give I/N, such as 2/4, with I from 1 to N");
    let (index, count) = text.split_once('/').ok_or_else(wrong)?;
    let (index, count): (u32, u32) =
        (index.parse().map_err(|_| wrong())?, count.parse().map_err(|_| wrong())?);
    if (1..=count).contains(&index) && count <= 1_000 {
        return Ok(Worker { index: index - 1, count });
    }
    Err(wrong())
}

fn key_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if key.contains(':') => Ok((key.to_owned(), value.to_owned())),
        _ => Err(format!("'{text}' is not KEY=VALUE, such as aws:SourceAccount=222222222222")),
    }
}

fn duration(text: &str) -> Result<Duration, String> {
    parse_duration(text)
        .ok_or_else(|| format!("'{text}' is not a duration, such as 90s, 15m or 2h"))
}

fn transform(text: &str) -> Result<String, String> {
    tributary_transform::builtin(text).map(|_| text.to_owned()).map_err(|error| error.to_string())
}
