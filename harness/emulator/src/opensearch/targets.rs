//! Which indices a request is about: `a`, `a,b`, `logs-*`, `-logs-old`, `_all`, aliases
//! (OpenSearch reference, "Multi-target expressions").

use std::collections::BTreeSet;

use super::engine::Engine;
use super::error::Failure;
use super::http::HttpRequest;
use super::wildcard;

/// How missing and empty targets are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leniency {
    /// A concrete name that is missing is skipped.
    pub ignore_unavailable: bool,
    /// A wildcard that fits nothing is fine.
    pub allow_no_indices: bool,
}

impl Leniency {
    /// Missing names fail, empty wildcards do not: the default of searches.
    pub const USUAL: Self = Self { ignore_unavailable: false, allow_no_indices: true };

    /// As the request's parameters say.
    ///
    /// # Errors
    /// `illegal_argument_exception` for a parameter that is not a boolean.
    pub fn of(request: &HttpRequest) -> Result<Self, Failure> {
        Ok(Self {
            ignore_unavailable: request.flag("ignore_unavailable", false)?,
            allow_no_indices: request.flag("allow_no_indices", true)?,
        })
    }
}

/// The names of the indices that an expression means, in alphabetical order. No expression means
/// all.
///
/// # Errors
/// `index_not_found_exception`.
pub fn resolve(
    engine: &Engine,
    expression: Option<&str>,
    leniency: Leniency,
) -> Result<Vec<String>, Failure> {
    let expression = match expression {
        None | Some("" | "_all") => "*",
        Some(expression) => expression,
    };
    let mut found: BTreeSet<String> = BTreeSet::new();
    let mut seen_wildcard = false;
    for part in expression.split(',').map(str::trim) {
        if let Some(excluded) = part.strip_prefix('-').filter(|_| seen_wildcard) {
            for name in matching(engine, excluded) {
                found.remove(&name);
            }
            continue;
        }
        if part.contains('*') || part == "_all" {
            seen_wildcard = true;
            let pattern = if part == "_all" { "*" } else { part };
            let names = matching(engine, pattern);
            if names.is_empty() && !leniency.allow_no_indices {
                return Err(Failure::no_such_index(part));
            }
            found.extend(names);
            continue;
        }
        if engine.indices.contains_key(part) {
            found.insert(part.to_owned());
        } else if engine.aliases.contains(part) {
            found.extend(engine.aliases.indices(part).map(str::to_owned));
        } else if !leniency.ignore_unavailable {
            return Err(Failure::no_such_index(part));
        }
    }
    if found.is_empty() && !leniency.allow_no_indices {
        return Err(Failure::no_such_index(expression));
    }
    Ok(found.into_iter().collect())
}

fn matching(engine: &Engine, pattern: &str) -> Vec<String> {
    // Names that begin with a dot are found by `*` too: only hidden indices are not, and this
    // emulation has none.
    let fits = |name: &&str| wildcard::simple(pattern, name);
    let mut names: Vec<String> =
        engine.indices.keys().map(String::as_str).filter(fits).map(str::to_owned).collect();
    for alias in engine.aliases.names().filter(fits) {
        names.extend(engine.aliases.indices(alias).map(str::to_owned));
    }
    names
}
