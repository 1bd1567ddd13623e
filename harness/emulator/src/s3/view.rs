//! What the harness may ask of S3.

use bytes::Bytes;

use super::bucket::Bucket;
use crate::kernel::World;

/// An object as a reader of the world sees it.
#[derive(Debug, Clone, Copy)]
pub struct ObjectView<'a> {
    /// Its key.
    pub key: &'a str,
    /// Its bytes.
    pub body: &'a Bytes,
    /// Its `Content-Encoding`.
    pub content_encoding: Option<&'a str>,
}

impl World {
    /// The objects of a bucket in the order of their keys; none when there is no such bucket.
    pub fn objects(&self, bucket: &str) -> impl Iterator<Item = ObjectView<'_>> {
        let objects = self.s3.buckets.get(bucket).map(|bucket| &bucket.objects);
        objects.into_iter().flatten().map(|(key, object)| ObjectView {
            key,
            body: &object.body,
            content_encoding: object.description.content_encoding.as_deref(),
        })
    }

    /// All buckets, in the order of their names.
    pub fn buckets(&self) -> impl Iterator<Item = &Bucket> {
        self.s3.buckets.values()
    }
}
