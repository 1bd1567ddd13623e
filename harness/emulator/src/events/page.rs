//! Pages of a list.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::error::invalid;
use crate::kernel::{ServiceError, Validation};

/// Checks `Limit`, and gives it or the most.
pub(super) fn limit(validation: &mut Validation, limit: Option<i64>) -> usize {
    if let Some(limit) = limit {
        validation.range("limit", limit, 1, 100);
    }
    limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(100)
}

/// The page of a list, in the order of its names, behind the one that the token stands for.
pub(super) fn page<T>(
    items: impl IntoIterator<Item = (String, T)>,
    token: Option<&String>,
    limit: usize,
) -> Result<(Vec<T>, Option<String>), ServiceError> {
    let refused = || invalid("Invalid NextToken.");
    let after = match token {
        None => None,
        Some(token) => {
            let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| refused())?;
            Some(String::from_utf8(bytes).map_err(|_| refused())?)
        }
    };
    let mut rest = items.into_iter().filter(|(name, _)| after.as_ref().is_none_or(|a| name > a));
    let (mut shown, mut last) = (Vec::new(), None);
    for (name, item) in rest.by_ref().take(limit) {
        shown.push(item);
        last = Some(name);
    }
    let more = rest.next().is_some();
    Ok((shown, last.filter(|_| more).map(|name| URL_SAFE_NO_PAD.encode(name))))
}
