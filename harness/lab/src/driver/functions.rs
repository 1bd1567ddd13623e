//! The functions' code: runs a transform for an effect, and puts records back for it.

use std::time::Duration;

use tributary_emulator::kernel::ArnParts;
use tributary_emulator::kinesis::ops::put_records;
use tributary_emulator::protocol::blob::Blob;
use tributary_emulator::{Caller, EffectId, InvokeOutcome, World, lambda};
use tributary_transform::{HandlerError, PutBack, PutBackTarget, Transform};
use tributary_vocabulary::Timestamp;

use super::WallClock;
use crate::ledger::SharedLedger;

/// What Lambda's start of an invocation takes, as modelled, in milliseconds.
const INVOKE_MS: i64 = 5;
/// What the code takes for a megabyte of its event, as modelled, in milliseconds.
const PER_MEGABYTE_MS: i64 = 20;
/// What one PutRecords call takes, as modelled, in milliseconds.
const PUT_RECORDS_MS: i64 = 10;
/// The most records of one PutRecords call.
const PUT_RECORDS_MAX: usize = 500;
/// The most bytes of one PutRecords call, with room for the partition keys: 5 MB.
const PUT_RECORDS_MAX_BYTES: usize = 4 * 1024 * 1024;
/// How often refused records are put again before the function gives up, as AWS's blueprint does
/// without a pause; here the pauses are those of an SDK, doubled up to two seconds.
const TRIES: u32 = 20;

/// What the transform did, all invocations together.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct TransformTotals {
    pub(crate) invocations: u64,
    pub(crate) bytes_in: u64,
    pub(crate) bytes_out: u64,
    pub(crate) cpu: Duration,
}

/// The code behind the functions of a lab.
pub(crate) struct Functions {
    transform: Box<dyn Transform>,
    ledger: SharedLedger,
    totals: TransformTotals,
}

/// An invocation that is not over.
pub(crate) struct Job {
    effect: EffectId,
    caller: Option<Caller>,
    result: Result<Vec<u8>, HandlerError>,
    put_back: Vec<PutBack>,
    tries: u32,
    /// What the code itself takes, as modelled.
    code_ms: i64,
    /// How long it has been at work with putting records back.
    busy_ms: i64,
    timeout_ms: i64,
}

impl Functions {
    pub(crate) fn new(transform: Box<dyn Transform>, ledger: SharedLedger) -> Self {
        Self { transform, ledger, totals: TransformTotals::default() }
    }

    pub(crate) fn totals(&self) -> TransformTotals {
        self.totals
    }

    pub(crate) fn name(&self) -> &str {
        self.transform.name()
    }

    /// Runs the code on an event; what it asks to be put back is still to be done.
    pub(crate) fn invoke(
        &mut self,
        world: &World,
        effect: EffectId,
        function_arn: &str,
        payload: &[u8],
        timeout_ms: i64,
    ) -> Job {
        let watch = WallClock::starting_at(Timestamp::DEFAULT_EPOCH);
        let answer = self.transform.handle(payload);
        self.totals.cpu += watch.elapsed();
        self.totals.invocations += 1;
        self.totals.bytes_in += payload.len() as u64;
        let (result, put_back) = match answer {
            Ok(answer) => (Ok(answer.response), answer.put_back),
            Err(error) => (Err(error), Vec::new()),
        };
        if let Ok(response) = &result {
            self.totals.bytes_out += response.len() as u64;
        }
        let megabytes = i64::try_from(payload.len() / 1_000_000).unwrap_or(0);
        Job {
            effect,
            caller: execution_caller(world, function_arn),
            result,
            put_back,
            tries: 0,
            code_ms: INVOKE_MS + megabytes * PER_MEGABYTE_MS,
            busy_ms: 0,
            timeout_ms,
        }
    }

    /// Takes one step of an invocation; what is left of it, and when it goes on.
    pub(crate) fn step(&mut self, world: &mut World, mut job: Job) -> Option<(Timestamp, Job)> {
        if job.code_ms + job.busy_ms > job.timeout_ms {
            job.result = Err(HandlerError::new(
                "Sandbox.Timedout",
                format!("Task timed out after {}.00 seconds", job.timeout_ms / 1000),
            ));
            job.put_back.clear();
            job.code_ms = (job.timeout_ms - job.busy_ms).max(0);
        }
        if job.put_back.is_empty() {
            complete(world, job);
            return None;
        }
        let wait_ms = self.put_some_back(world, &mut job);
        job.busy_ms += wait_ms;
        if job.tries > TRIES {
            job.result = Err(HandlerError::new(
                "RuntimeError",
                format!(
                    "Could not put records after {TRIES} attempts; {} records are left",
                    job.put_back.len()
                ),
            ));
            job.put_back.clear();
        }
        Some((world.now().plus_ms(wait_ms), job))
    }

    /// One PutRecords call; how long until the next step, in milliseconds.
    fn put_some_back(&mut self, world: &mut World, job: &mut Job) -> i64 {
        let count = group(&job.put_back);
        let rest = job.put_back.split_off(count);
        let sent = std::mem::replace(&mut job.put_back, rest);
        let refused = match (&job.caller, &sent[0].target) {
            (Some(caller), PutBackTarget::Stream(arn)) => put_records(world, caller, arn, &sent),
            (None, _) => Err("the function has no execution role".to_owned()),
            (_, PutBackTarget::DeliveryStream(arn)) => Err(format!(
                "putting records back on {arn} is not emulated: its source is no Kinesis stream"
            )),
        };
        let refused = match refused {
            Ok(refused) => refused,
            Err(message) => {
                job.result = Err(HandlerError::new("ClientError", message));
                job.put_back.clear();
                return 0;
            }
        };
        let mut again = Vec::new();
        for (back, refused) in sent.into_iter().zip(refused) {
            if refused {
                again.push(back);
            } else {
                self.ledger.lock().put_back(&back.data);
            }
        }
        if again.is_empty() {
            job.tries = 0;
            return PUT_RECORDS_MS;
        }
        // What was refused goes first again, so that the order of a shard is kept.
        again.append(&mut job.put_back);
        job.put_back = again;
        job.tries += 1;
        PUT_RECORDS_MS + (50_i64 << job.tries.min(6)).min(2_000)
    }
}

/// How many of these go into one call: all for one target, within the limits of PutRecords.
fn group(records: &[PutBack]) -> usize {
    let mut bytes = 0;
    records
        .iter()
        .take(PUT_RECORDS_MAX)
        .take_while(|record| {
            bytes += record.data.len() + record.partition_key.len();
            record.target == records[0].target && bytes <= PUT_RECORDS_MAX_BYTES
        })
        .count()
        .max(1)
}

/// PutRecords in the function's name; for every record whether it was refused for now.
fn put_records(
    world: &mut World,
    caller: &Caller,
    stream_arn: &str,
    records: &[PutBack],
) -> Result<Vec<bool>, String> {
    let input = put_records::Input {
        stream_name: None,
        stream_arn: Some(stream_arn.to_owned()),
        records: Some(
            records
                .iter()
                .map(|record| put_records::Record {
                    data: Some(Blob(record.data.clone().into())),
                    partition_key: Some(record.partition_key.clone()),
                    explicit_hash_key: None,
                })
                .collect(),
        ),
        dry_run: None,
    };
    match put_records::run(world, caller, input) {
        Ok(output) => Ok(output
            .records
            .iter()
            .map(|record| matches!(record, put_records::Entry::Failed { .. }))
            .collect()),
        Err(error) if error.code == "ProvisionedThroughputExceededException" => {
            Ok(vec![true; records.len()])
        }
        Err(error) => Err(error.to_string()),
    }
}

/// The session in whose name the function's code calls AWS.
fn execution_caller(world: &World, function_arn: &str) -> Option<Caller> {
    let function = ArnParts::split(function_arn)?;
    let role = lambda::execution_role(world, function_arn)?;
    let role = ArnParts::split(&role)?;
    let role_name = role.resource.rsplit('/').next()?;
    let function_name = function.resource.strip_prefix("function:")?;
    Some(Caller::session(
        role.account_id()?,
        function.region.parse().ok()?,
        role_name,
        function_name,
    ))
}

fn complete(world: &mut World, job: Job) {
    // Putting records back took its own time already; what is left is the code's.
    let duration_ms = job.code_ms;
    let outcome = match job.result {
        Ok(payload) => InvokeOutcome::Answered { payload: payload.into(), duration_ms },
        Err(error) => {
            InvokeOutcome::FunctionError { payload: error.document().into(), duration_ms }
        }
    };
    let now = world.now();
    world.complete(now, job.effect, outcome);
}
