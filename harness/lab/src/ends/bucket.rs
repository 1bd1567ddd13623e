//! The objects of a bucket, each read once.

use std::collections::BTreeMap;

use aws_sdk_s3::Client;
use aws_smithy_types::error::display::DisplayErrorContext;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use bytes::Bytes;

/// A bucket whose objects are read as they come.
pub(crate) struct Bucket {
    s3: Client,
    name: String,
    objects: BTreeMap<String, Bytes>,
}

impl Bucket {
    pub(crate) fn new(s3: Client, name: &str) -> Self {
        Self { s3, name: name.to_owned(), objects: BTreeMap::new() }
    }

    /// Reads what came since the last time; how many objects that was.
    ///
    /// # Errors
    /// What S3 answered.
    pub(crate) async fn read_on(&mut self) -> Result<usize, String> {
        let mut new = Vec::new();
        let mut pages = self.s3.list_objects_v2().bucket(&self.name).into_paginator().send();
        while let Some(page) = pages.next().await {
            let page = page.map_err(|error| self.refused("ListObjectsV2", &error))?;
            let keys = page.contents().iter().filter_map(|object| object.key());
            new.extend(keys.filter(|key| !self.objects.contains_key(*key)).map(str::to_owned));
        }
        for key in &new {
            let object = self.s3.get_object().bucket(&self.name).key(key).send().await;
            let object = object.map_err(|error| self.refused("GetObject", &error))?;
            let body = object.body.collect().await;
            let body = body.map_err(|error| format!("GetObject of s3://{}: {error}", self.name))?;
            self.objects.insert(key.clone(), body.into_bytes());
        }
        Ok(new.len())
    }

    /// Key and content of all objects that were read.
    pub(crate) fn into_objects(self) -> Vec<(String, Bytes)> {
        self.objects.into_iter().collect()
    }

    /// The same, to look at.
    pub(crate) fn objects(&self) -> impl Iterator<Item = (&str, &Bytes)> {
        self.objects.iter().map(|(key, body)| (key.as_str(), body))
    }

    /// What S3 answered, in the same words every time: an answer's ids are left out.
    fn refused(
        &self,
        operation: &str,
        error: &(impl ProvideErrorMetadata + std::error::Error),
    ) -> String {
        let why = match (error.code(), error.message()) {
            (Some(code), Some(message)) => format!("{code}: {message}"),
            _ => DisplayErrorContext(error).to_string(),
        };
        format!("{operation} of s3://{}: {why}", self.name)
    }
}
