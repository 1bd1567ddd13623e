//! ListShards (kinesis reference, stream lifecycle).

use serde::{Deserialize, Serialize};
use tributary_vocabulary::{SECOND_MS, Timestamp};

use super::{ShardDescription, milliseconds};
use crate::kernel::{Caller, ServiceError, Validation, World};
use crate::kinesis::read::shard_index;
use crate::kinesis::seal::Token;
use crate::kinesis::shard::Shard;
use crate::kinesis::state::authorize;
use crate::kinesis::stream::Stream;
use crate::kinesis::target::{check_name, check_target, invalid_argument, target};

/// The shards of one answer at the most, and when the caller says nothing.
const SHARDS_MAX: usize = 1000;
/// How long a token may be used.
const TOKEN_MS: i64 = 300 * SECOND_MS;
/// The kinds of filter, in AWS's order.
const FILTERS: [&str; 6] = [
    "AFTER_SHARD_ID",
    "AT_TRIM_HORIZON",
    "FROM_TRIM_HORIZON",
    "AT_LATEST",
    "AT_TIMESTAMP",
    "FROM_TIMESTAMP",
];

/// Which stream, which of its shards, and which page of them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The stream's name, in the caller's account.
    pub stream_name: Option<String>,
    /// The stream's ARN.
    #[serde(rename = "StreamARN")]
    pub stream_arn: Option<String>,
    /// The token of the page before; without anything else that names or filters.
    pub next_token: Option<String>,
    /// The shard after which the page begins.
    pub exclusive_start_shard_id: Option<String>,
    /// How many at the most: 1 to 10,000; 1000 are given at the most.
    pub max_results: Option<i64>,
    /// When the stream was created, in epoch seconds, to tell it from one of the same name.
    pub stream_creation_timestamp: Option<f64>,
    /// Which shards.
    pub shard_filter: Option<ShardFilter>,
}

/// Which shards.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct ShardFilter {
    /// `AFTER_SHARD_ID`, `AT_TRIM_HORIZON`, `FROM_TRIM_HORIZON`, `AT_LATEST`, `AT_TIMESTAMP` or
    /// `FROM_TIMESTAMP`.
    pub r#type: Option<String>,
    /// The shard, for `AFTER_SHARD_ID`.
    pub shard_id: Option<String>,
    /// The moment in epoch seconds, for the last two.
    pub timestamp: Option<f64>,
}

/// A page of shards, in the order of their names.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The shards.
    pub shards: Vec<ShardDescription>,
    /// The token of the next page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// What a filter lets through.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kept {
    All,
    After(u32),
    /// Open at this moment.
    At(Timestamp),
    /// Open at this moment or later.
    From(Timestamp),
    Open,
}

impl Kept {
    fn keeps(self, shard: &Shard) -> bool {
        match self {
            Self::All => true,
            Self::After(index) => shard.index > index,
            Self::At(at) => shard.created <= at && shard.closed.is_none_or(|closed| closed > at),
            Self::From(at) => shard.closed.is_none_or(|closed| closed > at),
            Self::Open => shard.closed.is_none(),
        }
    }

    /// The filter as two numbers, to be carried in a token.
    fn pack(self) -> (u8, i64) {
        match self {
            Self::All => (0, 0),
            Self::After(index) => (1, i64::from(index)),
            Self::At(at) => (2, at.ms()),
            Self::From(at) => (3, at.ms()),
            Self::Open => (4, 0),
        }
    }

    fn unpack(kind: u8, value: i64) -> Option<Self> {
        Some(match kind {
            0 => Self::All,
            1 => Self::After(u32::try_from(value).ok()?),
            2 => Self::At(Timestamp::from_ms(value)),
            3 => Self::From(Timestamp::from_ms(value)),
            4 => Self::Open,
            _ => return None,
        })
    }
}

/// Lists the shards of a stream.
///
/// # Errors
/// `ValidationException`, `InvalidArgumentException`, `AccessDeniedException`,
/// `ResourceNotFoundException`; `ExpiredNextTokenException` for a token of more than 300 s ago.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    validate(&input)?;
    let now = world.now;
    let (stream_arn, after, kept) = match &input.next_token {
        Some(token) => {
            let (arn, after, kept) = from_token(world, token)?;
            (Some(arn), Some(after), Some(kept))
        }
        None => (input.stream_arn.clone(), None, None),
    };
    let target = target(caller, input.stream_name.as_deref(), stream_arn.as_deref())?;
    authorize(world, caller, "kinesis:ListShards", &target)?;
    let stream = world.kinesis.stream_mut(&target)?;
    if let Some(created) = input.stream_creation_timestamp
        && milliseconds(created) / SECOND_MS != stream.created.s()
    {
        return Err(target.not_found());
    }
    stream.retire(now);
    let after = match (&input.exclusive_start_shard_id, after) {
        (Some(text), _) => Some(shard_index(stream, text)?),
        (None, after) => after,
    };
    let kept = match (kept, &input.shard_filter) {
        (Some(kept), _) => kept,
        (None, Some(filter)) => kept_by(stream, filter, now)?,
        (None, None) => Kept::All,
    };
    let limit = input.max_results.and_then(|n| usize::try_from(n).ok()).unwrap_or(SHARDS_MAX);
    let (shards, last) = page(stream, after, kept, limit.min(SHARDS_MAX));
    let next_token = last.map(|last| token(world, &target.arn, last, kept));
    Ok(Output { shards, next_token })
}

/// A page of shards, and the index of its last when more follow.
fn page(
    stream: &Stream,
    after: Option<u32>,
    kept: Kept,
    limit: usize,
) -> (Vec<ShardDescription>, Option<u32>) {
    let mut rest = stream.shards.after(after).filter(|shard| kept.keeps(shard));
    let given: Vec<&Shard> = rest.by_ref().take(limit).collect();
    let last = given.last().map(|shard| shard.index).filter(|_| rest.next().is_some());
    (given.into_iter().map(ShardDescription::of).collect(), last)
}

fn validate(input: &Input) -> Result<(), ServiceError> {
    let mut validation = Validation::new();
    if let Some(most) = input.max_results {
        validation.range("maxResults", most, 1, 10_000);
    }
    if let Some(shard) = &input.exclusive_start_shard_id {
        check_name(&mut validation, "exclusiveStartShardId", shard);
    }
    if let Some(filter) = &input.shard_filter {
        validation.required("shardFilter.type", filter.r#type.as_ref());
        if let Some(kind) = &filter.r#type {
            validation.one_of("shardFilter.type", kind, &FILTERS);
        }
    }
    if let Some(token) = &input.next_token {
        validation.length("nextToken", token, 1, 1_048_576);
    }
    check_target(&mut validation, input.stream_name.as_deref(), input.stream_arn.as_deref());
    validation.finish()?;
    let named = input.stream_name.is_some() || input.stream_arn.is_some();
    match (named, input.next_token.is_some()) {
        (true, true) => {
            Err(invalid_argument("NextToken and StreamName cannot be provided together."))
        }
        (false, false) => {
            Err(invalid_argument("Either NextToken or StreamName should be provided."))
        }
        _ => Ok(()),
    }
}

/// What the caller's filter keeps; a moment before the trim horizon is the trim horizon.
fn kept_by(stream: &Stream, filter: &ShardFilter, now: Timestamp) -> Result<Kept, ServiceError> {
    let first = stream.shards.iter().next().map_or(stream.created, |shard| shard.created);
    let horizon = stream.horizon(now).max(first);
    let moment = || {
        filter.timestamp.map(|at| Timestamp::from_ms(milliseconds(at)).max(horizon)).ok_or_else(
            || {
                invalid_argument(
                    "Timestamp must be provided in ShardFilter for AT_TIMESTAMP and FROM_TIMESTAMP.",
                )
            },
        )
    };
    Ok(match filter.r#type.as_deref().unwrap_or_default() {
        "AFTER_SHARD_ID" => {
            let text = filter.shard_id.as_deref().ok_or_else(|| {
                invalid_argument("ShardId must be provided in ShardFilter for AFTER_SHARD_ID.")
            })?;
            Kept::After(shard_index(stream, text)?)
        }
        "AT_TRIM_HORIZON" => Kept::At(horizon),
        "AT_LATEST" => Kept::Open,
        "AT_TIMESTAMP" => Kept::At(moment()?),
        "FROM_TIMESTAMP" => Kept::From(moment()?),
        _ => Kept::All,
    })
}

fn token(world: &World, arn: &str, last: u32, kept: Kept) -> String {
    let (kind, value) = kept.pack();
    let subject = format!("{kind} {value} {arn}");
    world.kinesis.seal.close("shards", &Token { issued: world.now, subject, shard: last, place: 0 })
}

fn from_token(world: &World, text: &str) -> Result<(String, u32, Kept), ServiceError> {
    let invalid = || invalid_argument("Invalid NextToken.");
    let token = world.kinesis.seal.open("shards", text).ok_or_else(invalid)?;
    if world.now.ms_since(token.issued) > TOKEN_MS {
        return Err(ServiceError::client(
            "ExpiredNextTokenException",
            "The NextToken has expired: it may be used for 300 seconds.",
        ));
    }
    let mut parts = token.subject.splitn(3, ' ');
    let mut kept = || {
        let kind = parts.next()?.parse().ok()?;
        let value = parts.next()?.parse().ok()?;
        Some((Kept::unpack(kind, value)?, parts.next()?.to_owned()))
    };
    let (kept, arn) = kept().ok_or_else(invalid)?;
    Ok((arn, token.shard, kept))
}
