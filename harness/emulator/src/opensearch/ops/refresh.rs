//! `POST _refresh`, and `refresh` of a write.

use serde_json::json;
use tributary_vocabulary::Timestamp;

use super::Answer;
use crate::opensearch::engine::Engine;
use crate::opensearch::error::Failure;
use crate::opensearch::http::{HttpRequest, HttpResponse};
use crate::opensearch::targets::{Leniency, resolve};

/// Makes every write so far visible to searches; `_flush` and `_forcemerge` have nothing more to do.
pub(in super::super) fn run(
    engine: &mut Engine,
    now: Timestamp,
    request: &HttpRequest,
    targets: Option<&str>,
) -> Answer {
    let names = resolve(engine, targets, Leniency::of(request)?)?;
    let (mut total, mut successful) = (0, 0);
    for name in names {
        let Some(index) = engine.indices.get_mut(&name) else { continue };
        index.refresh(now);
        total += index.settings.shards() * (1 + index.settings.replicas());
        successful += index.settings.shards();
    }
    let shards = json!({ "total": total, "successful": successful, "failed": 0 });
    Ok(HttpResponse::ok(&json!({ "_shards": shards })))
}

/// Whether a write asks for a refresh; `wait_for` has nothing to wait for here but the same.
///
/// # Errors
/// `illegal_argument_exception` for another value.
pub(super) fn is_asked(request: &HttpRequest) -> Result<bool, Failure> {
    match request.param("refresh") {
        None | Some("false") => Ok(false),
        Some("" | "true" | "wait_for") => Ok(true),
        Some(other) => {
            Err(Failure::illegal_argument(format!("Unknown value for refresh: [{other}].")))
        }
    }
}

/// Whether a write refreshes by itself, and says so; one that waits for a refresh does not.
pub(super) fn is_forced(request: &HttpRequest) -> bool {
    matches!(request.param("refresh"), Some("" | "true"))
}
