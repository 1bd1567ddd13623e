//! `DELETE /index`.

use super::{Answer, acknowledged};
use crate::opensearch::engine::Engine;
use crate::opensearch::error::Failure;
use crate::opensearch::http::HttpRequest;
use crate::opensearch::targets::{Leniency, resolve};

/// Deletes indices; an alias does not stand for its indices here.
pub(in super::super) fn run(engine: &mut Engine, request: &HttpRequest, targets: &str) -> Answer {
    if let Some(alias) = targets.split(',').find(|name| engine.aliases.contains(name)) {
        return Err(Failure::illegal_argument(format!(
            "The provided expression [{alias}] matches an alias, specify the corresponding \
             concrete indices instead."
        )));
    }
    for name in resolve(engine, Some(targets), Leniency::of(request)?)? {
        engine.indices.remove(&name);
        engine.aliases.forget(&name);
    }
    Ok(acknowledged())
}
