//! The board on which workers leave each other notes: objects of a bucket at the endpoint itself, so
//! that nothing else has to be there for them to find each other.

use aws_sdk_s3::Client;
use aws_smithy_types::error::display::DisplayErrorContext;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::backend::BackendError;

/// A bucket of notes.
#[derive(Clone)]
pub(super) struct Board {
    s3: Client,
    bucket: String,
}

impl Board {
    pub(super) fn new(s3: Client, bucket: String) -> Self {
        Self { s3, bucket }
    }

    /// Leaves a note, in the place of an earlier one.
    pub(super) async fn put<T: Serialize>(&self, key: &str, note: &T) -> Result<(), BackendError> {
        let body = serde_json::to_vec(note).unwrap_or_default();
        let call = self.s3.put_object().bucket(&self.bucket).key(key).body(body.into());
        call.send().await.map_err(|error| self.unfit("PutObject", error))?;
        Ok(())
    }

    /// Reads a note; `None` when there is none, or no board yet.
    pub(super) async fn get<T: DeserializeOwned>(
        &self,
        key: &str,
    ) -> Result<Option<T>, BackendError> {
        let answer = match self.s3.get_object().bucket(&self.bucket).key(key).send().await {
            Ok(answer) => answer,
            Err(error) if matches!(error.code(), Some("NoSuchKey" | "NoSuchBucket")) => {
                return Ok(None);
            }
            Err(error) => return Err(self.unfit("GetObject", error)),
        };
        let body = answer.body.collect().await.map_err(|error| self.unfit("GetObject", error))?;
        // A note that cannot be read yet is read again.
        Ok(serde_json::from_slice(&body.into_bytes()).ok())
    }

    fn unfit(&self, operation: &str, error: impl std::error::Error) -> BackendError {
        let why = DisplayErrorContext(error).to_string();
        BackendError::Unfit(format!(
            "workers cannot leave each other notes in s3://{} ({operation}: {why}): give them an \
             endpoint with S3",
            self.bucket
        ))
    }
}
