//! UpdateMaxRecordSize (kinesis reference, stream lifecycle).

use serde::Deserialize;

use crate::kernel::{Caller, ServiceError, Validation, World};
use crate::kinesis::state::{authorize, begin};
use crate::kinesis::stream::{Change, DEFAULT_RECORD_KIB, MAX_RECORD_KIB, Status};
use crate::kinesis::target::{check_target, target};

/// Which stream, and how large its records may be.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The stream's ARN.
    #[serde(rename = "StreamARN")]
    pub stream_arn: Option<String>,
    /// The largest record, in KiB: 1024 to 10240.
    #[serde(rename = "MaxRecordSizeInKiB")]
    pub max_record_size_in_kib: Option<i64>,
}

/// Begins to change how large the stream's records may be.
///
/// # Errors
/// `ValidationException`, `AccessDeniedException`, `ResourceNotFoundException`,
/// `ResourceInUseException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<(), ServiceError> {
    let mut validation = Validation::new();
    validation.required("maxRecordSizeInKiB", input.max_record_size_in_kib.as_ref());
    let kib = input.max_record_size_in_kib.unwrap_or(DEFAULT_RECORD_KIB);
    validation.range("maxRecordSizeInKiB", kib, DEFAULT_RECORD_KIB, MAX_RECORD_KIB);
    check_target(&mut validation, None, input.stream_arn.as_deref());
    validation.finish()?;
    let target = target(caller, None, input.stream_arn.as_deref())?;
    authorize(world, caller, "kinesis:UpdateMaxRecordSize", &target)?;
    world.kinesis.stream(&target)?.must_be_active()?;
    let delay_ms = world.settings.kinesis.update_ms;
    begin(world, &target.arn, Status::Updating, Change::RecordSize { kib }, delay_ms);
    Ok(())
}
