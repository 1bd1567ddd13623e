//! `tributary generate`.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tributary_generators::command::{
    Generate, GenerateError, Progress, bar, generate as write_traffic, worker, write_batches,
};
use tributary_generators::{
    FlowFormat, Form, Incident, Rate, ReplayTimes, Shape, Worker, duration, replay,
};
use tributary_vocabulary::{Region, Source, Timestamp};

use crate::exit::Exit;
use crate::folder::write_whole;
use crate::{Failure, Process};

/// Write synthetic logs, without a lab.
///
/// Time is simulated: events are written as fast as they can be made, with the times that the rate
/// gives them. The same arguments give the same bytes on every machine.
#[derive(Debug, clap::Args)]
pub(crate) struct GenerateArgs {
    /// vpc-flow-logs, cloudtrail, guardduty, or all of them
    #[arg(value_name = "SOURCE", value_parser = sources)]
    sources: Sources,
    /// Exactly this many events
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    count: Option<u64>,
    /// Events per second, such as 500, or bytes, such as 20MiB/s
    #[arg(long, value_name = "RATE", allow_negative_numbers = true)]
    rate: Option<Rate>,
    /// How long on the simulated clock, such as 90s, 10m or 2h
    #[arg(long = "for", value_name = "DURATION", value_parser = lasting)]
    lasting: Option<Duration>,
    /// When it begins
    #[arg(long, value_name = "TIME", value_parser = moment, allow_hyphen_values = true)]
    start: Option<Timestamp>,
    /// How many accounts, 1 to 10000
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u64).range(1..=10_000))]
    accounts: u64,
    /// The Region that everything is in
    #[arg(long, value_name = "REGION", default_value = "us-west-2")]
    region: Region,
    /// The number that all chance comes from
    #[arg(long, value_name = "N", default_value_t = 7)]
    seed: u64,
    /// Which part to write: 1/3 is the first of three, which together write what one would
    #[arg(long, value_name = "I/N", value_parser = worker, allow_hyphen_values = true)]
    worker: Option<Worker>,
    /// Plant an attack: port-scan, ssh-brute-force, rdp-brute-force, leaked-key, exfiltration or
    /// crypto-mining
    #[arg(long, value_name = "NAME", num_args = 1..)]
    incident: Vec<Incident>,
    /// How the rate changes: constant, ramp:0.5..2, burst:10m/30s/10, step:5m=2,10m=0.5 or daily:4
    #[arg(long, value_name = "SHAPE", default_value = "constant")]
    shape: Shape,
    /// The fields of flow logs, such as '${version} ${vpc-id} ${srcaddr}'; the 14 of version 2 when
    /// not said
    #[arg(long, value_name = "FORMAT")]
    format: Option<FlowFormat>,
    /// plain (messages), log-events (JSON rows) or envelopes (base64 of gzip, as a subscription
    /// sends them), a line each
    #[arg(long = "as", value_name = "FORM", default_value_t = Form::Plain)]
    form: Form,
    /// Write to this file; - is standard output
    #[arg(long, value_name = "FILE|-", default_value = "-")]
    out: PathBuf,
    /// Write down what was made and what was planted, as JSON
    #[arg(long, value_name = "FILE")]
    truth: Option<PathBuf>,
    /// Write the events of this file again, with their gaps; with --start they are moved to it
    #[arg(long, value_name = "FILE|-", conflicts_with_all = ["count", "rate", "lasting", "worker", "incident", "truth", "format"])]
    replay: Option<PathBuf>,
    /// No progress
    #[arg(long, short)]
    quiet: bool,
}

/// What the word for the source stands for.
#[derive(Debug, Clone)]
struct Sources(Vec<Source>);

/// Writes what was asked for; a reader that goes away is no failure.
pub(crate) fn generate(process: &mut Process<'_>, args: &GenerateArgs) -> Result<u8, Failure> {
    if let Some(file) = &args.replay {
        return again(process, args, file);
    }
    let options = Generate {
        sources: args.sources.0.clone(),
        count: args.count,
        rate: args.rate,
        lasting: args.lasting,
        start: args.start.unwrap_or(Timestamp::DEFAULT_EPOCH),
        region: args.region.clone(),
        accounts: args.accounts,
        seed: args.seed,
        worker: args.worker.unwrap_or(Worker::ONLY),
        incidents: args.incident.clone(),
        shape: args.shape.clone(),
        format: args.format.clone().unwrap_or_default(),
    };
    let plan = options.plan().map_err(|error| refused(&error))?;
    // An impossible plan must not empty a file that is there.
    plan.traffic().map_err(|error| refused(&error.into()))?;
    let mut file = open(&args.out)?;
    let (out, err): (&mut dyn Write, _) = match &mut file {
        Some(file) => (file, &mut process.err),
        None => (&mut process.out, &mut process.err),
    };
    let mut line = Line::new(process.progress && !args.quiet);
    let written = write_traffic(&plan, args.form, out, &mut |progress| line.show(*err, progress));
    line.clear(*err);
    let written = written?.map_err(|error| refused(&error))?;
    if let Some(file) = &args.truth {
        let mut text = serde_json::to_string_pretty(&written.truth)
            .map_err(|error| Failure::new(Exit::Internal, error))?;
        text.push('\n');
        write_whole(file, text.as_bytes())?;
    }
    Ok(Exit::Passed.code())
}

/// Replays a file.
fn again(process: &mut Process<'_>, args: &GenerateArgs, file: &Path) -> Result<u8, Failure> {
    let [source] = args.sources.0.as_slice() else {
        return Err(Failure::new(
            Exit::Usage,
            "a file is replayed as one source: name it instead of all",
        ));
    };
    let unreadable = |error: std::io::Error| {
        Failure::new(Exit::Usage, format!("--replay {} cannot be read: {error}", file.display()))
    };
    let text = if file == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().lock().read_to_string(&mut text).map_err(unreadable)?;
        text
    } else {
        std::fs::read_to_string(file).map_err(unreadable)?
    };
    let times = args.start.map_or(ReplayTimes::Kept, ReplayTimes::From);
    let batches = replay(&text, *source, &args.region, times).map_err(|error| {
        Failure::new(Exit::ScenarioInvalid, format!("{}: {error}", file.display()))
    })?;
    let mut file = open(&args.out)?;
    let out: &mut dyn Write = match &mut file {
        Some(file) => file,
        None => &mut process.out,
    };
    write_batches(&batches, args.form, out)?;
    Ok(Exit::Passed.code())
}

/// The file to write, or nothing for standard output.
fn open(path: &Path) -> Result<Option<File>, Failure> {
    if path == Path::new("-") {
        return Ok(None);
    }
    let failed = |error: std::io::Error| {
        Failure::new(Exit::Usage, format!("--out {} cannot be written: {error}", path.display()))
    };
    File::create(path).map(Some).map_err(failed)
}

fn refused(error: &GenerateError) -> Failure {
    Failure::new(Exit::Usage, error)
}

/// The progress on the terminal's last line.
struct Line {
    shown: bool,
    began: Instant,
    last_s: f64,
}

impl Line {
    #[expect(clippy::disallowed_methods, reason = "progress is in the time of who watches it")]
    fn new(shown: bool) -> Self {
        Self { shown, began: Instant::now(), last_s: 0.0 }
    }

    fn show(&mut self, err: &mut dyn Write, progress: Progress) {
        let elapsed_s = self.began.elapsed().as_secs_f64();
        if !self.shown || elapsed_s - self.last_s < 0.1 {
            return;
        }
        self.last_s = elapsed_s;
        // A terminal that is gone needs no progress.
        let _ = write!(err, "\r\x1b[K{}", bar(progress, elapsed_s));
        let _ = err.flush();
    }

    fn clear(&self, err: &mut dyn Write) {
        if self.shown {
            let _ = write!(err, "\r\x1b[K");
            let _ = err.flush();
        }
    }
}

fn sources(text: &str) -> Result<Sources, String> {
    if text == "all" {
        return Ok(Sources(Source::ALL.to_vec()));
    }
    text.parse().map(|source| Sources(vec![source])).map_err(|_| {
        format!(
            "there is no source '{text}': the sources are vpc-flow-logs, cloudtrail, guardduty, \
             and all for the three of them"
        )
    })
}

fn lasting(text: &str) -> Result<Duration, String> {
    duration(text).ok_or_else(|| format!("'{text}' is not a duration, such as 90s, 15m or 2h"))
}

/// A moment, or a day, which begins at midnight UTC.
fn moment(text: &str) -> Result<Timestamp, String> {
    text.parse()
        .or_else(|_| format!("{text}T00:00:00Z").parse())
        .map_err(|_| format!("'{text}' is not a moment, such as 2026-01-01T00:00:00Z"))
}
