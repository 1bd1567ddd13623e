//! Buckets, with their objects.

use aws_sdk_s3::Client;
use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_s3::types::{Delete, ObjectIdentifier};
use aws_smithy_types::error::display::DisplayErrorContext;
use serde_json::{Value, json};

use crate::backend::BackendError;
use crate::upkeep::Thing;
use crate::upkeep::desk::Desk;
use crate::upkeep::piece::Piece;
use crate::upkeep::refusal::Refusal;

/// How often a bucket is emptied: services write what they still have after they are told to stop.
const ROUNDS: usize = 5;

/// The error of a call, with the HTTP status where there was an answer.
fn refused<E>(
    operation: &str,
    error: SdkError<E, aws_smithy_runtime_api::client::orchestrator::HttpResponse>,
) -> Refusal
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
{
    let Some(status) = error.raw_response().map(|answer| answer.status().as_u16()) else {
        let whole = DisplayErrorContext(error).to_string();
        return Refusal::Unreached(BackendError::Unfit(format!("{operation} failed: {whole}")));
    };
    Refusal::Answered {
        operation: operation.to_owned(),
        status,
        code: error.code().unwrap_or_default().to_owned(),
        message: error.message().unwrap_or_default().to_owned(),
    }
}

pub(super) async fn look(desk: &Desk, thing: &Thing) -> Result<Option<Piece>, Refusal> {
    let s3 = desk.s3().await?;
    let asked = s3.get_bucket_tagging().bucket(&thing.name).send().await;
    let refusal = match asked.map_err(|error| refused("GetBucketTagging", error)) {
        Ok(told) => {
            let pair =
                |tag: &aws_sdk_s3::types::Tag| json!({ "Key": tag.key(), "Value": tag.value() });
            let tags: Value = told.tag_set().iter().map(pair).collect();
            return Ok(Some(Piece::whole(thing, &tags)));
        }
        Err(refusal @ Refusal::Unreached(_)) => return Err(refusal),
        Err(refusal) => refusal,
    };
    if refusal.is_missing() {
        return Ok(None);
    }
    // It has no tags, they may not be read, or the backend keeps none: whether it is there is
    // asked by itself. Its name is everybody's, so another account's bucket is in the way too.
    let asked = s3.head_bucket().bucket(&thing.name).send().await;
    match asked.map_err(|error| refused("HeadBucket", error)) {
        Err(Refusal::Answered { status: 404 | 501, .. }) => Ok(None),
        Err(refusal @ Refusal::Unreached(_)) => Err(refusal),
        _ => Ok(Some(Piece::whole(thing, &Value::Null))),
    }
}

pub(super) async fn remove(desk: &Desk, name: &str) -> Result<(), Refusal> {
    let s3 = desk.s3().await?;
    for _ in 1..ROUNDS {
        empty(&s3, name).await?;
        let deleted = s3.delete_bucket().bucket(name).send().await;
        match deleted.map_err(|error| refused("DeleteBucket", error)) {
            Err(refusal) if refusal.code() == "BucketNotEmpty" => {}
            other => return other.map(|_| ()),
        }
    }
    empty(&s3, name).await?;
    let deleted = s3.delete_bucket().bucket(name).send().await;
    deleted.map(|_| ()).map_err(|error| refused("DeleteBucket", error))
}

/// Deletes all objects, a page of keys at a time.
async fn empty(s3: &Client, name: &str) -> Result<(), Refusal> {
    loop {
        let page = s3.list_objects_v2().bucket(name).send().await;
        let page = page.map_err(|error| refused("ListObjectsV2", error))?;
        let keys = page.contents().iter().filter_map(|object| object.key());
        let ids = keys.map(|key| ObjectIdentifier::builder().key(key).build());
        let ids: Vec<_> = ids.collect::<Result<_, _>>().map_err(unbuilt)?;
        if ids.is_empty() {
            return Ok(());
        }
        let batch = Delete::builder().set_objects(Some(ids)).quiet(true).build();
        let batch = batch.map_err(unbuilt)?;
        let deleted = s3.delete_objects().bucket(name).delete(batch).send().await;
        let deleted = deleted.map_err(|error| refused("DeleteObjects", error))?;
        if let Some(error) = deleted.errors().first() {
            return Err(Refusal::StaysOn(format!(
                "object {} stays: {}",
                error.key().unwrap_or_default(),
                error.message().or(error.code()).unwrap_or_default()
            )));
        }
    }
}

/// The error of a request that lacks a member.
fn unbuilt(error: aws_smithy_types::error::operation::BuildError) -> Refusal {
    Refusal::StaysOn(format!("DeleteObjects could not be called: {error}"))
}
