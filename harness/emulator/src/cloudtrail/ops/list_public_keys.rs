//! ListPublicKeys.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use tributary_vocabulary::Timestamp;

use crate::cloudtrail::signing::public_key;
use crate::kernel::{Access, Caller, ServiceError, World};

/// Since when the key holds: 2013-11-01, the date of the API.
const FROM_S: i64 = 1_383_264_000;
/// Until when: 2100-01-01.
const UNTIL_S: i64 = 4_102_444_800;

/// What ListPublicKeys reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The begin of the time in which digest files were signed, in epoch seconds; now when absent.
    pub start_time: Option<f64>,
    /// Its end; now when absent.
    pub end_time: Option<f64>,
    /// Reserved by AWS for future use.
    pub next_token: Option<String>,
}

/// What ListPublicKeys answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The keys.
    pub public_key_list: Vec<PublicKey>,
}

/// A public key.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct PublicKey {
    /// Its PKCS #1 form in DER, as base64.
    pub value: String,
    /// Since when digest files are signed with it, in epoch seconds.
    pub validity_start_time: f64,
    /// Until when.
    pub validity_end_time: f64,
    /// What digest files call it.
    pub fingerprint: String,
}

/// Tells the public key of the digest files of a time: the one that there is.
///
/// # Errors
/// `InvalidTimeRangeException`, `InvalidTokenException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    if input.next_token.is_some() {
        let message = "NextToken is reserved for future use: all keys are on one page.";
        return Err(ServiceError::client("InvalidTokenException", message));
    }
    let now = world.now.epoch_seconds();
    let (start, end) = (input.start_time.unwrap_or(now), input.end_time.unwrap_or(now));
    if start > end {
        let message = "The start time has to lie before the end time.";
        return Err(ServiceError::client("InvalidTimeRangeException", message));
    }
    world.authorize(caller, Access::to("cloudtrail:ListPublicKeys", "*"))?;
    let from = Timestamp::from_s(FROM_S).epoch_seconds();
    let until = Timestamp::from_s(UNTIL_S).epoch_seconds();
    let mut public_key_list = Vec::new();
    if start <= until && end >= from {
        public_key_list.push(PublicKey {
            value: STANDARD.encode(public_key()),
            validity_start_time: from,
            validity_end_time: until,
            fingerprint: world.cloudtrail.signer().fingerprint().to_owned(),
        });
    }
    Ok(Output { public_key_list })
}
