//! `POST _bulk`.

use tributary_vocabulary::Timestamp;

use super::Answer;
use crate::opensearch::engine::Engine;
use crate::opensearch::http::{HttpRequest, HttpResponse};

/// Does many writes, and refreshes when that is asked for.
pub(in super::super) fn run(
    engine: &mut Engine,
    now: Timestamp,
    request: &HttpRequest,
    index: Option<&str>,
) -> Answer {
    let mut response = engine.bulk(now, index, &request.body)?;
    if super::refresh::is_asked(request)? {
        for item in &response.items {
            if let Some(index) = engine.indices.get_mut(&item.index) {
                index.refresh(now);
            }
        }
        if super::refresh::is_forced(request) {
            response.refreshed();
        }
    }
    Ok(HttpResponse::ok(&response.body()))
}
