//! S3: buckets, objects, bucket policies.

mod access;
mod address;
mod aws_chunked;
mod bucket;
mod checksum;
mod error;
mod multipart;
mod name;
mod object;
pub mod ops;
mod request;
mod route;
#[cfg(test)]
mod tests;
mod view;

use std::collections::BTreeMap;

use tributary_vocabulary::Seed;

use crate::kernel::{Ids, World};
use crate::policy::NamedPolicy;

pub use bucket::Bucket;
pub use checksum::{Algorithm, Checksum};
pub(crate) use error::error_response;
pub(crate) use name::check_bucket;
pub use object::{Description, Object};
pub use request::S3Request;
pub(crate) use route::handle;
pub use route::{Level, OPERATIONS, S3Method, S3Operation};
pub use view::ObjectView;

/// All that the service holds.
#[derive(Debug)]
pub struct State {
    /// The buckets of all accounts, by their name.
    pub(crate) buckets: BTreeMap<String, Bucket>,
    ids: Ids,
}

impl State {
    pub(crate) fn new(seed: Seed) -> Self {
        Self { buckets: BTreeMap::new(), ids: Ids::new(seed) }
    }
}

/// The policy of the bucket that an ARN names or lies in.
pub(crate) fn resource_policy(world: &World, resource: &str) -> Option<NamedPolicy> {
    let name = resource.strip_prefix("arn:aws:s3:::")?;
    let bucket = name.split('/').next()?;
    world.s3.buckets.get(bucket)?.policy.clone()
}
