//! Names of indices and aliases (OpenSearch reference, "Index names").

use super::error::Failure;

/// Longest name, in bytes.
const MAX_BYTES: usize = 255;

/// Checks the name of an index or alias to be made.
///
/// # Errors
/// `invalid_index_name_exception`.
pub fn check(name: &str) -> Result<(), Failure> {
    let why = if name.is_empty() {
        "name cannot be empty".to_owned()
    } else if name == "." || name == ".." {
        "must not be '.' or '..'".to_owned()
    } else if name.contains('#') {
        "must not contain '#'".to_owned()
    } else if name.contains(':') {
        "must not contain ':'".to_owned()
    } else if name.starts_with(['_', '-', '+']) {
        "must not start with '_', '-', or '+'".to_owned()
    } else if name.contains(['\\', '/', '*', '?', '"', '<', '>', '|', ' ', ',']) {
        "must not contain the following characters [ , \", *, \\, <, |, ,, >, /, ?]".to_owned()
    } else if name.len() > MAX_BYTES {
        format!("index name is too long, ({} > {MAX_BYTES})", name.len())
    } else if name.to_lowercase() != name {
        "must be lowercase".to_owned()
    } else {
        return Ok(());
    };
    Err(Failure::new(
        400,
        "invalid_index_name_exception",
        format!("Invalid index name [{name}], {why}"),
    )
    .with("index", name)
    .with("index_uuid", "_na_"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for name in ["a", "logs-2025.01.01", ".kibana", "vpc_flow", "ä"] {
            assert!(check(name).is_ok(), "{name}");
        }
        for (name, why) in [
            ("Logs", "must be lowercase"),
            ("_a", "must not start with '_', '-', or '+'"),
            ("a:b", "must not contain ':'"),
            ("..", "must not be '.' or '..'"),
        ] {
            let error = check(name).unwrap_err();
            assert_eq!(error.reason(), format!("Invalid index name [{name}], {why}"));
        }
        for name in ["a b", "a*", "a,b", "a/b", "a#b", &"a".repeat(256)] {
            assert_eq!(check(name).unwrap_err().kind(), "invalid_index_name_exception", "{name}");
        }
    }
}
