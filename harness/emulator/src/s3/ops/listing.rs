//! What both listings share: keys in order, those behind a delimiter rolled up.

use std::ops::Bound;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::super::bucket::{Bucket, canonical_id};
use super::super::error::invalid_argument;
use super::super::object::{Object, quoted};
use super::super::request::S3Request;
use crate::kernel::ServiceError;
use crate::protocol::xml::Element;

/// The most keys of a page, and how many it has when nothing is said.
const PAGE_MAX: usize = 1_000;

/// What `encoding-type=url` leaves as it is.
const PLAIN: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'*');

/// What a listing asks for.
#[derive(Debug)]
pub(super) struct Listing<'a> {
    pub(super) prefix: &'a str,
    pub(super) delimiter: &'a str,
    pub(super) max_keys: usize,
    /// Only what comes after this, in byte order.
    pub(super) after: String,
    pub(super) url: bool,
    /// Whether each object tells its owner.
    pub(super) owner: bool,
}

/// One page: objects and common prefixes in their common order.
#[derive(Debug, Default)]
pub(super) struct Page<'a> {
    pub(super) objects: Vec<(&'a str, &'a Object)>,
    pub(super) prefixes: Vec<String>,
    /// The last key or common prefix, when there is more behind it.
    pub(super) next: Option<String>,
}

impl<'a> Listing<'a> {
    /// Reads what both forms have in common.
    ///
    /// # Errors
    /// `InvalidArgument`.
    pub(super) fn read(request: &'a S3Request<'_>) -> Result<Self, ServiceError> {
        let url = match request.parameter("encoding-type") {
            None | Some("") => false,
            Some("url") => true,
            Some(other) => {
                let message = "Invalid Encoding Method specified in Request";
                return Err(invalid_argument(message, "encoding-type", other));
            }
        };
        Ok(Self {
            prefix: request.parameter("prefix").unwrap_or_default(),
            delimiter: request.parameter("delimiter").unwrap_or_default(),
            max_keys: request.number("max-keys", PAGE_MAX)?,
            after: String::new(),
            url,
            owner: false,
        })
    }

    /// The page of a bucket that this asks for.
    pub(super) fn page<'b>(&self, bucket: &'b Bucket) -> Page<'b> {
        let mut page = Page::default();
        let mut last = String::new();
        let mut start = Bound::Excluded(self.after.clone());
        if self.is_rolled_up(&self.after) {
            start = after_prefix(&self.after);
        } else if *self.after < *self.prefix {
            start = Bound::Included(self.prefix.to_owned());
        }
        while let Some((key, object)) =
            bucket.objects.range::<String, _>((start, Bound::Unbounded)).next()
        {
            if !key.starts_with(self.prefix) {
                break;
            }
            if page.objects.len() + page.prefixes.len() == self.max_keys {
                page.next = (self.max_keys > 0).then_some(last);
                break;
            }
            match self.rolled_up(key) {
                Some(prefix) => {
                    start = after_prefix(prefix);
                    prefix.clone_into(&mut last);
                    page.prefixes.push(prefix.to_owned());
                }
                None => {
                    start = Bound::Excluded(key.clone());
                    key.clone_into(&mut last);
                    page.objects.push((key, object));
                }
            }
        }
        page
    }

    /// The common prefix under which a key is rolled up.
    fn rolled_up<'k>(&self, key: &'k str) -> Option<&'k str> {
        if self.delimiter.is_empty() {
            return None;
        }
        let rest = key.get(self.prefix.len()..)?;
        let at = rest.find(self.delimiter)?;
        key.get(..self.prefix.len() + at + self.delimiter.len())
    }

    /// Whether a text is itself a common prefix.
    fn is_rolled_up(&self, text: &str) -> bool {
        text.starts_with(self.prefix) && self.rolled_up(text) == Some(text)
    }

    /// A key or prefix as the answer writes it.
    pub(super) fn encode(&self, text: &str) -> String {
        if self.url { utf8_percent_encode(text, PLAIN).to_string() } else { text.to_owned() }
    }

    /// The elements of a page's objects, then of its common prefixes.
    pub(super) fn elements(&self, bucket: &Bucket, page: &Page<'_>) -> Vec<Element> {
        let objects = page.objects.iter().map(|(key, object)| {
            let checksum = object.checksum.as_ref().map_or("CRC64NVME", |sum| sum.algorithm.name());
            let owner =
                || Element::new("Owner").child(Element::text("ID", canonical_id(bucket.owner)));
            Element::new("Contents")
                .child(Element::text("Key", self.encode(key)))
                .child(Element::text(
                    "LastModified",
                    object.modified.format("%Y-%m-%dT%H:%M:%S.000Z"),
                ))
                .child(Element::text("ETag", quoted(&object.etag)))
                .child(Element::text("ChecksumAlgorithm", checksum))
                .child(Element::text("ChecksumType", "FULL_OBJECT"))
                .child(Element::text("Size", object.body.len().to_string()))
                .maybe(self.owner.then(owner))
                .child(Element::text("StorageClass", "STANDARD"))
        });
        let prefixes = page.prefixes.iter().map(|prefix| {
            Element::new("CommonPrefixes").child(Element::text("Prefix", self.encode(prefix)))
        });
        objects.chain(prefixes).collect()
    }
}

/// Behind every key that begins with this prefix.
fn after_prefix(prefix: &str) -> Bound<String> {
    // The next text of the same length: its last character's successor, in UTF-8 byte order.
    let mut characters: Vec<char> = prefix.chars().collect();
    while let Some(last) = characters.pop() {
        let next = match u32::from(last) + 1 {
            0xd800 => Some('\u{e000}'),
            code => char::from_u32(code),
        };
        if let Some(next) = next {
            characters.push(next);
            return Bound::Included(characters.into_iter().collect());
        }
    }
    Bound::Unbounded
}
