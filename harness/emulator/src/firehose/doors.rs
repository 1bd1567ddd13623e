//! The doors through which Firehose reaches its destinations.

use bytes::Bytes;

use crate::domain;
use crate::kernel::{Caller, ServiceError, World};
use crate::opensearch::BulkItem;
use crate::s3::Description;
use crate::s3::ops::put_object;

/// What a bulk answer says of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    /// The HTTP status.
    pub(super) status: u16,
    /// The cluster's text, when it is an error.
    pub(super) error: Option<String>,
}

/// An object to write.
#[derive(Debug, Clone)]
pub(super) struct NewObject {
    /// The bucket.
    pub(super) bucket: String,
    /// The key.
    pub(super) key: String,
    /// The body.
    pub(super) body: Bytes,
    /// Whether it is gzip.
    pub(super) gzip: bool,
}

/// Sends a bulk request to one index of a domain; an item for each action, in their order.
pub(super) fn bulk(
    world: &mut World,
    caller: &Caller,
    domain_arn: &str,
    index: &str,
    body: Bytes,
) -> Result<Vec<Item>, ServiceError> {
    #[cfg(test)]
    if world.firehose.fake.is_some() {
        return super::testing::bulk(world, caller, domain_arn, index, &body);
    }
    let response = domain::bulk(world, caller, domain_arn, index, &body)?;
    let item = |item: BulkItem| Item {
        status: item.status,
        error: item.error.map(|failure| failure.detail().to_string()),
    };
    Ok(response.items.into_iter().map(item).collect())
}

/// Writes an object.
pub(super) fn put_object(
    world: &mut World,
    caller: &Caller,
    object: &NewObject,
) -> Result<(), ServiceError> {
    #[cfg(test)]
    if world.firehose.fake.is_some() {
        return super::testing::put_object(world, caller, object);
    }
    let description = Description {
        content_type: Some("application/octet-stream".to_owned()),
        content_encoding: object.gzip.then(|| "gzip".to_owned()),
        ..Description::default()
    };
    let input = put_object::Input {
        bucket: object.bucket.clone(),
        key: object.key.clone(),
        body: object.body.clone(),
        description,
        ..put_object::Input::default()
    };
    put_object::run(world, caller, input)?;
    Ok(())
}
