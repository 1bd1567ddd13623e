//! Pages of a list.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use tributary_vocabulary::{HOUR_MS, Timestamp};

use crate::kernel::ServiceError;
use crate::logs::error::invalid;

/// A `nextToken` holds for 24 hours (cloudwatch-logs reference, groups and streams).
const TOKEN_FOR_MS: i64 = 24 * HOUR_MS;

/// One page, and the token of the next when there is one.
#[derive(Debug)]
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    pub(crate) next_token: Option<String>,
}

/// The page of `items` behind the one that `token` names by the `name` of its last item.
///
/// A list whose named item is gone meanwhile has no further page.
pub(crate) fn page<T>(
    now: Timestamp,
    items: impl Iterator<Item = T>,
    name: impl Fn(&T) -> String,
    token: Option<&String>,
    limit: usize,
) -> Result<Page<T>, ServiceError> {
    let last = token.map(|token| read_token(now, token)).transpose()?;
    let mut items = items;
    if let Some(last) = last {
        items.by_ref().find(|item| name(item) == last);
    }
    let shown: Vec<T> = items.by_ref().take(limit).collect();
    let more = items.next().is_some();
    let next_token = shown.last().filter(|_| more).map(|item| write_token(now, &name(item)));
    Ok(Page { items: shown, next_token })
}

/// A token that stands for `place`.
pub(crate) fn write_token(now: Timestamp, place: &str) -> String {
    URL_SAFE_NO_PAD.encode(format!("{}:{place}", now.ms()))
}

/// The place that a token stands for.
pub(crate) fn read_token(now: Timestamp, token: &str) -> Result<String, ServiceError> {
    let refused = || invalid("The specified nextToken is invalid.");
    let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| refused())?;
    let text = String::from_utf8(bytes).map_err(|_| refused())?;
    let (made, place) = text.split_once(':').ok_or_else(refused)?;
    let made: i64 = made.parse().map_err(|_| refused())?;
    if now.ms().saturating_sub(made) > TOKEN_FOR_MS {
        return Err(refused());
    }
    Ok(place.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn pages_in_a_row_are_the_whole_list(count in 0_usize..30, limit in 1_usize..12) {
            let now = Timestamp::DEFAULT_EPOCH;
            let (mut seen, mut token) = (Vec::new(), None);
            loop {
                let page = page(now, 0..count, usize::to_string, token.as_ref(), limit)
                    .expect("a page");
                prop_assert!(page.items.len() <= limit);
                seen.extend(page.items);
                token = page.next_token;
                if token.is_none() {
                    break;
                }
            }
            prop_assert_eq!(seen, (0..count).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_token_is_refused_when_it_is_foreign_or_old() {
        let now = Timestamp::DEFAULT_EPOCH;
        let token = write_token(now, "a:b");
        assert_eq!(read_token(now.plus_ms(TOKEN_FOR_MS), &token), Ok("a:b".to_owned()));
        for (at, token) in [(now.plus_ms(TOKEN_FOR_MS + 1), token.as_str()), (now, "x!")] {
            let error = read_token(at, token).expect_err("refused");
            assert_eq!(error.message, "The specified nextToken is invalid.");
        }
    }
}
