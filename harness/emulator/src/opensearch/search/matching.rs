//! Which documents of an index match a query.

use serde_json::Value;
use tributary_vocabulary::Timestamp;

use crate::opensearch::error::Failure;
use crate::opensearch::index::Index;
use crate::opensearch::query::{Compiled, Context, Doc, Query};
use crate::opensearch::store::View;

/// An index as one search sees it.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Scope<'i> {
    pub(in super::super) index: &'i Index,
    pub(in super::super) view: &'i View,
    pub(in super::super) now: Timestamp,
}

impl<'i> Scope<'i> {
    /// What queries are compiled against.
    pub(in super::super) fn context(&self) -> Context<'i> {
        Context { index: &self.index.name, mapping: self.index.mapping(), now: self.now }
    }
}

/// Hands every matching document with its score to `take`, in the order in which they were written.
///
/// # Errors
/// What the query cannot be compiled for.
pub(in super::super) fn matching(
    scope: &Scope<'_>,
    query: &Query,
    take: &mut dyn FnMut(Doc<'_>, f64),
) -> Result<(), Failure> {
    let compiled = Compiled::new(query, scope.context())?;
    for slot in scope.view.live.iter() {
        let (id, source) = scope.index.documents().read(slot);
        // A source was checked when it came.
        let source: Value = serde_json::from_slice(source).unwrap_or_default();
        let doc = Doc { id, slot, source: &source };
        if let Some(score) = compiled.score(doc) {
            take(doc, score);
        }
    }
    Ok(())
}
