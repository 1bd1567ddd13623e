//! The declared differences: which arm does what else, where, and why.
//!
//! ```text
//! arm: localstack
//! instead: it does this
//! because: it has no such check
//! kinesis/put-to-missing 1:body.message
//! ```

use std::fs;
use std::path::Path;

/// A difference that is known, at one or more places.
#[derive(Debug, Clone, Default)]
pub struct Declared {
    /// The arm.
    pub arm: String,
    /// What it does instead.
    pub instead: String,
    /// Why.
    pub because: String,
    /// The cases, and the places in them: `2:body.error.reason` is in the second step's answer,
    /// and stands for everything below it.
    pub places: Vec<(String, String)>,
}

/// Reads the list of an arm.
///
/// # Errors
/// The line that cannot be read.
pub fn load(arm: &str) -> Result<Vec<Declared>, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("differences/{arm}.txt"));
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut all: Vec<Declared> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(instead) = line.strip_prefix("instead: ") {
            let instead = instead.to_owned();
            all.push(Declared { arm: arm.to_owned(), instead, ..Declared::default() });
            continue;
        }
        let told = |what: &str| format!("{}:{}: {what}", path.display(), number + 1);
        let last = all.last_mut().ok_or_else(|| told("a difference begins with 'instead: '"))?;
        if let Some(because) = line.strip_prefix("because: ") {
            because.clone_into(&mut last.because);
        } else {
            let (case, place) = line.split_once(' ').ok_or_else(|| told("no place"))?;
            last.places.push((case.to_owned(), place.trim().to_owned()));
        }
    }
    Ok(all)
}

/// Whether a place is the declared one or below it.
#[must_use]
pub fn covers(declared: &str, place: &str) -> bool {
    place.strip_prefix(declared).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
