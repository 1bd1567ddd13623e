//! The JSON Schema of `run.json`.

use schemars::schema_for;

use super::Run;

/// The JSON Schema of `run.json`, pretty-printed, with a newline at the end.
#[must_use]
pub fn schema_json() -> String {
    format!("{:#}\n", schema_for!(Run).as_value())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Set `TRIBUTARY_UPDATE=1` to write the file anew.
    #[test]
    fn the_stored_schema_is_up_to_date() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/run.schema.json");
        if std::env::var_os("TRIBUTARY_UPDATE").is_some() {
            std::fs::write(path, schema_json()).unwrap();
        }
        let stored = std::fs::read_to_string(path).unwrap();
        assert!(
            stored == schema_json(),
            "run.schema.json is not what the types say: \
             TRIBUTARY_UPDATE=1 cargo test -p tributary-reports schema"
        );
    }
}
