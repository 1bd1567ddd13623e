//! What the command `tributary generate` does, without the command: options in, bytes out.

mod progress;

use std::io::{self, ErrorKind, Write};
use std::time::Duration;

use tributary_vocabulary::{AccountId, Region, Seed, Source, Timestamp};

use crate::flow::FlowFormat;
use crate::plan::{PlanError, TrafficPlan, Worker};
use crate::rate::Unit;
use crate::rows::{Form, Rows};
use crate::shape::Curve;
use crate::traffic::Batch;
use crate::truth::Truth;
use crate::{Incident, Load, Rate, Shape};

pub use progress::{Progress, bar};

/// Written at once: enough that a call to the system costs nothing beside it.
const CHUNK: usize = 256 * 1024;

/// Of 1,000 events of all sources together, how many each has: about what accounts with flow
/// logs on every interface produce, with findings far above their natural rate.
const SHARES: [u64; 3] = [900, 98, 2];

/// What to generate. Fields that are `None` take what the others leave open.
#[derive(Debug, Clone, PartialEq)]
pub struct Generate {
    /// The sources; several share the count or the rate, 90 % flow logs.
    pub sources: Vec<Source>,
    /// Exactly this many events.
    pub count: Option<u64>,
    /// How much a second; 1,000 flow-log records, 100 CloudTrail records or 1 finding when
    /// nothing is said.
    pub rate: Option<Rate>,
    /// How long, on the simulated clock; 10 minutes when neither this nor a count is given.
    pub lasting: Option<Duration>,
    /// When it begins.
    pub start: Timestamp,
    /// Where everything is.
    pub region: Region,
    /// How many accounts: `222222222222`, `333333333333` and on.
    pub accounts: u64,
    /// What all chance comes from.
    pub seed: u64,
    /// Which part of the traffic to write.
    pub worker: Worker,
    /// What to plant.
    pub incidents: Vec<Incident>,
    /// How the rate changes.
    pub shape: Shape,
    /// The format of flow logs.
    pub format: FlowFormat,
}

/// Options that contradict each other or cannot be carried out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GenerateError {
    /// A count, a rate and a duration.
    #[error("a count, a rate and a duration are one too many: give two of them")]
    Overdetermined,
    /// Too many accounts, or none.
    #[error("{0} accounts are not possible: give 1 to 10,000")]
    Accounts(u64),
    /// A format without flow logs.
    #[error("a format is one of flow logs, and there are none: leave it away")]
    Format,
    /// The plan is impossible.
    #[error(transparent)]
    Plan(#[from] PlanError),
}

impl Default for Generate {
    fn default() -> Self {
        Self {
            sources: vec![Source::VpcFlowLogs],
            count: None,
            rate: None,
            lasting: None,
            start: Timestamp::DEFAULT_EPOCH,
            region: Region::us_west_2(),
            accounts: 3,
            seed: 7,
            worker: Worker::ONLY,
            incidents: Vec::new(),
            shape: Shape::Constant,
            format: FlowFormat::default(),
        }
    }
}

impl Generate {
    /// The plan that these options ask for.
    ///
    /// # Errors
    /// [`GenerateError`] says what cannot be, in a sentence.
    pub fn plan(&self) -> Result<TrafficPlan, GenerateError> {
        if !(1..=10_000).contains(&self.accounts) {
            return Err(GenerateError::Accounts(self.accounts));
        }
        if !self.format.is_default() && !self.sources.contains(&Source::VpcFlowLogs) {
            return Err(GenerateError::Format);
        }
        if self.count.is_some() && self.rate.is_some() && self.lasting.is_some() {
            return Err(GenerateError::Overdetermined);
        }
        Ok(TrafficPlan {
            administrator: None,
            seed: Seed::new(self.seed).child("traffic"),
            world_seed: Seed::new(self.seed),
            start: self.start,
            region: self.region.clone(),
            accounts: accounts(self.accounts),
            loads: self.loads(),
            worker: self.worker,
            incidents: self.incidents.clone(),
            flow_format: self.format.clone(),
        })
    }

    fn loads(&self) -> Vec<Load> {
        let rate = self.rate.unwrap_or_else(|| match self.sources.as_slice() {
            [Source::GuardDuty] => Rate::per_second(1.0),
            [Source::CloudTrail] => Rate::per_second(100.0),
            _ => Rate::per_second(1_000.0),
        });
        let lasting = self.lasting.unwrap_or_else(|| match self.count {
            Some(count) => self.length(count, rate),
            None => Duration::from_secs(600),
        });
        let load = |source, rate: Rate| {
            Load::new(source, rate).lasting(lasting).shaped(self.shape.clone())
        };
        let count = self.count.or_else(|| self.total(rate, lasting));
        match (self.sources.as_slice(), count) {
            ([source], _) => {
                let load = load(*source, rate);
                vec![Load { count: self.count, ..load }]
            }
            (sources, Some(count)) => split(count, sources)
                .into_iter()
                .filter(|(_, count)| *count > 0)
                .map(|(source, count)| load(source, rate).exactly(count))
                .collect(),
            (sources, None) => shares(sources)
                .map(|(source, share)| load(source, Rate::bytes_per_second(rate.value() * share)))
                .collect(),
        }
    }

    /// How long `count` events take.
    fn length(&self, count: u64, rate: Rate) -> Duration {
        let events = match (rate.unit(), self.sources.as_slice()) {
            (Unit::Bytes, [Source::CloudTrail]) => rate.value() / 1_300.0,
            (Unit::Bytes, [Source::GuardDuty]) => rate.value() / 3_000.0,
            _ => rate.events_per_second(),
        };
        // A few events at the usual rate would be of one moment; a minute shows what they are like.
        let least = if self.rate.is_some() { 1.0 } else { 60_000.0 };
        let ms = (count as f64 / events * 1_000.0).ceil().max(least);
        Duration::try_from_secs_f64(ms / 1_000.0).unwrap_or(Duration::MAX)
    }

    /// How many events a rate in events makes; `None` for bytes, and for what a plan refuses.
    fn total(&self, rate: Rate, lasting: Duration) -> Option<u64> {
        let ms = i64::try_from(lasting.as_millis()).ok()?;
        let curve = Curve::new(&self.shape, rate.value(), ms, self.start.ms()).ok()?;
        (rate.unit() == Unit::Events).then(|| curve.events_before(ms))
    }
}

/// The accounts of the reference pipeline's members, and as many more as are asked for.
fn accounts(count: u64) -> Vec<AccountId> {
    (0..count)
        .map(|place| match u8::try_from(place + 2) {
            Ok(digit @ 2..=9) => AccountId::repeated(digit),
            _ => AccountId::from_number(200_000_000_000 + place + 1),
        })
        .collect()
}

fn shares(sources: &[Source]) -> impl Iterator<Item = (Source, f64)> {
    let all: u64 = sources.iter().map(|source| SHARES[*source as usize]).sum();
    sources.iter().map(move |&source| (source, SHARES[source as usize] as f64 / all as f64))
}

/// Divides a count by the shares: each source has at least one event while there are enough, and
/// the first has what is left.
fn split(count: u64, sources: &[Source]) -> Vec<(Source, u64)> {
    let mut left = count;
    let mut parts: Vec<(Source, u64)> = Vec::with_capacity(sources.len());
    for (nth, (source, share)) in shares(sources).enumerate().skip(1) {
        let spare = left.saturating_sub(1);
        let wanted = ((count as f64 * share).round() as u64).max(1);
        let part =
            wanted.min(spare.saturating_sub((sources.len() - 1 - nth) as u64).max(spare.min(1)));
        left -= part;
        parts.push((source, part));
    }
    parts.insert(0, (sources[0], left));
    parts
}

/// What was written.
#[derive(Debug, Clone)]
pub struct Written {
    /// What it was.
    pub truth: Truth,
    /// Bytes that were written.
    pub bytes: u64,
    /// The reader went away before the end.
    pub closed: bool,
}

/// Writes the traffic of a plan to `out`, and tells `watch` how far it is after every chunk.
///
/// A reader that goes away ends it early and without an error.
///
/// # Errors
/// [`PlanError`] through [`GenerateError`] before anything is written; an I/O error as it comes.
pub fn generate(
    plan: &TrafficPlan,
    form: Form,
    out: &mut dyn Write,
    watch: &mut dyn FnMut(Progress),
) -> io::Result<Result<Written, GenerateError>> {
    let mut traffic = match plan.traffic() {
        Ok(traffic) => traffic,
        Err(error) => return Ok(Err(error.into())),
    };
    let mut rows = Rows::new(form, plan.accounts.clone());
    let mut truth = Truth::new(plan);
    let mut chunk = Vec::with_capacity(2 * CHUNK);
    let mut progress = Progress { events: 0, bytes: 0, share: 0.0 };
    let lasting_ms = plan.lasting_ms().max(1);
    let mut closed = false;
    while let Some(head) = rows.next(&mut traffic, &mut chunk) {
        truth.count(&head);
        if chunk.len() >= CHUNK {
            if !put(out, &mut chunk, &mut progress)? {
                closed = true;
                break;
            }
            progress.events = truth.events;
            progress.share = head.at.ms_since(plan.start) as f64 / lasting_ms as f64;
            watch(progress);
        }
    }
    closed = closed || !put(out, &mut chunk, &mut progress)? || !flush(out)?;
    truth.close(&traffic);
    watch(Progress { events: truth.events, share: 1.0, ..progress });
    Ok(Ok(Written { truth, bytes: progress.bytes, closed }))
}

/// Writes batches that were read from a file; true when all could be written, false when the
/// reader went away.
///
/// # Errors
/// An I/O error as it comes.
pub fn write_batches(batches: &[Batch], form: Form, out: &mut dyn Write) -> io::Result<bool> {
    let mut accounts: Vec<AccountId> = batches.iter().map(|batch| batch.account).collect();
    accounts.sort_unstable();
    accounts.dedup();
    let mut rows = Rows::new(form, accounts);
    let mut chunk = Vec::with_capacity(2 * CHUNK);
    let mut progress = Progress { events: 0, bytes: 0, share: 0.0 };
    for batch in batches {
        rows.batch(batch, &mut chunk);
        if chunk.len() >= CHUNK && !put(out, &mut chunk, &mut progress)? {
            return Ok(false);
        }
    }
    Ok(put(out, &mut chunk, &mut progress)? && flush(out)?)
}

/// Writes a chunk; false when nobody reads any more.
fn put(out: &mut dyn Write, chunk: &mut Vec<u8>, progress: &mut Progress) -> io::Result<bool> {
    let written = out.write_all(chunk);
    progress.bytes += chunk.len() as u64;
    chunk.clear();
    open(written)
}

fn flush(out: &mut dyn Write) -> io::Result<bool> {
    open(out.flush())
}

fn open(outcome: io::Result<()>) -> io::Result<bool> {
    match outcome {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(error),
    }
}

/// Reads a worker as people count: `1/3` is the first of three.
///
/// # Errors
/// One sentence that says what is wrong.
pub fn worker(text: &str) -> Result<Worker, String> {
    let wrong =
        || format!("'{text}' is not a worker: give I/N, such as 1/3 for the first of three");
    let (index, count) = text.split_once('/').ok_or_else(wrong)?;
    let index: u32 = index.parse().map_err(|_| wrong())?;
    let count: u32 = count.parse().map_err(|_| wrong())?;
    match index {
        _ if count == 0 => Err(format!("there is no worker {text}: there has to be at least one")),
        0 => Err(format!(
            "there is no worker {text}: workers count from 1, so give 1/{count} to {count}/{count}"
        )),
        _ if index > count => {
            Err(format!("there is no worker {text}: give 1/{count} to {count}/{count}"))
        }
        _ => Ok(Worker { index: index - 1, count }),
    }
}

#[cfg(test)]
mod tests;
