//! An index's settings, flat: `index.refresh_interval` and so on, every value a text.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use tributary_vocabulary::SECOND_MS;

use super::dates::parse_duration;
use super::error::Failure;

/// Settings of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings(BTreeMap<String, String>);

/// Settings that act in this emulation; `true` where they may change on an open index.
const ACTING: [(&str, bool); 14] = [
    ("index.number_of_shards", false),
    ("index.number_of_replicas", true),
    ("index.refresh_interval", true),
    ("index.max_result_window", true),
    ("index.mapping.total_fields.limit", true),
    ("index.mapping.depth.limit", true),
    ("index.blocks.write", true),
    ("index.blocks.read_only", true),
    ("index.blocks.read_only_allow_delete", true),
    ("index.blocks.read", true),
    ("index.blocks.metadata", true),
    ("index.provided_name", false),
    ("index.uuid", false),
    ("index.creation_date", false),
];

/// Settings, or what they begin with, that OpenSearch knows and that change nothing a client of
/// this emulation can see.
const SILENT: [&str; 20] = [
    "index.auto_expand_replicas",
    "index.codec",
    "index.hidden",
    "index.highlight.",
    "index.indexing.slowlog.",
    "index.knn",
    "index.mapping.field_name_length.limit",
    "index.mapping.nested_fields.limit",
    "index.mapping.nested_objects.limit",
    "index.max_",
    "index.merge.",
    "index.number_of_routing_shards",
    "index.opendistro.",
    "index.plugins.",
    "index.priority",
    "index.query.default_field",
    "index.requests.cache.enable",
    "index.routing.allocation.",
    "index.search.",
    "index.translog.",
];

/// Whether a setting may change on an open index; an error when OpenSearch has no such setting.
fn dynamic(name: &str) -> Result<bool, Failure> {
    if let Some((_, dynamic)) = ACTING.iter().find(|(known, _)| *known == name) {
        return Ok(*dynamic);
    }
    if SILENT.iter().any(|known| name.starts_with(known)) {
        return Ok(!matches!(name, "index.codec" | "index.number_of_routing_shards"));
    }
    let elsewhere = [
        "index.analysis.",
        "index.sort.",
        "index.default_pipeline",
        "index.final_pipeline",
        "index.mapping.",
    ];
    if elsewhere.iter().any(|known| name.starts_with(known)) {
        return Err(Failure::outside_subset(&format!("setting [{name}]")));
    }
    Err(Failure::new(
        400,
        "settings_exception",
        format!(
            "unknown setting [{name}] please check that any required plugins are installed, or check the breaking changes documentation for removed settings"
        ),
    ))
}

impl Default for Settings {
    fn default() -> Self {
        Self(BTreeMap::from([
            ("index.number_of_shards".to_owned(), "1".to_owned()),
            ("index.number_of_replicas".to_owned(), "1".to_owned()),
        ]))
    }
}

impl Settings {
    /// Applies a body of settings, nested or dotted, with or without `index.`.
    ///
    /// # Errors
    /// `illegal_argument_exception` for a setting that does not exist or, with `open`, that an open
    /// index cannot change.
    pub fn apply(&mut self, body: &Value, open: Option<&str>) -> Result<(), Failure> {
        let mut flat = BTreeMap::new();
        flatten("", body, &mut flat);
        let mut fixed = Vec::new();
        for (name, value) in flat {
            let name = if name.starts_with("index.") { name } else { format!("index.{name}") };
            if !dynamic(&name)? && open.is_some() {
                fixed.push(name);
                continue;
            }
            match value {
                Some(value) => {
                    check(&name, &value)?;
                    self.0.insert(name, value);
                }
                None => {
                    self.0.remove(&name);
                    if let Some(default) = Self::default().0.remove(&name) {
                        self.0.insert(name, default);
                    }
                }
            }
        }
        match (fixed.is_empty(), open) {
            (false, Some(index)) => Err(Failure::illegal_argument(format!(
                "Can't update non dynamic settings [[{}]] for open indices [[{index}]]",
                fixed.join(", ")
            ))),
            _ => Ok(()),
        }
    }

    /// Sets one, without looking whether it exists.
    pub(super) fn set(&mut self, name: &str, value: String) {
        self.0.insert(name.to_owned(), value);
    }

    /// The text of a setting.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    fn number(&self, name: &str, default: u64) -> u64 {
        self.get(name).and_then(|text| text.parse().ok()).unwrap_or(default)
    }

    /// Primary shards.
    #[must_use]
    pub fn shards(&self) -> u64 {
        self.number("index.number_of_shards", 1)
    }

    /// Copies of each.
    #[must_use]
    pub fn replicas(&self) -> u64 {
        self.number("index.number_of_replicas", 1)
    }

    /// Most fields of the mapping.
    #[must_use]
    pub fn total_fields_limit(&self) -> usize {
        usize::try_from(self.number("index.mapping.total_fields.limit", 1_000))
            .unwrap_or(usize::MAX)
    }

    /// Deepest nesting of fields.
    #[must_use]
    pub fn depth_limit(&self) -> usize {
        usize::try_from(self.number("index.mapping.depth.limit", 20)).unwrap_or(usize::MAX)
    }

    /// Most hits that `from` and `size` reach.
    #[must_use]
    pub fn max_result_window(&self) -> u64 {
        self.number("index.max_result_window", 10_000)
    }

    /// Milliseconds between refreshes; `None` for never. Default one second.
    #[must_use]
    pub fn refresh_interval_ms(&self) -> Option<i64> {
        match self.get("index.refresh_interval") {
            None => Some(SECOND_MS),
            Some("-1") => None,
            Some(text) => parse_duration(text),
        }
    }

    /// Whether the refresh interval was left at its default: only then does the index stop
    /// refreshing while nobody searches.
    #[must_use]
    pub fn refresh_interval_is_default(&self) -> bool {
        self.get("index.refresh_interval").is_none()
    }

    /// The block that stops a write of documents, if one is set.
    #[must_use]
    pub fn write_block(&self, index: &str, deletes: bool) -> Option<Failure> {
        let on = |name| self.get(name) == Some("true");
        let (status, text) = if on("index.blocks.read_only") {
            (403, "FORBIDDEN/5/index read-only (api)")
        } else if on("index.blocks.write") {
            (403, "FORBIDDEN/8/index write (api)")
        } else if on("index.blocks.read_only_allow_delete") && !deletes {
            (
                429,
                "TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block",
            )
        } else {
            return None;
        };
        Some(Failure::new(
            status,
            "cluster_block_exception",
            format!("index [{index}] blocked by: [{text}];"),
        ))
    }

    /// As `GET _settings?flat_settings=true` shows them.
    #[must_use]
    pub fn flat(&self) -> Value {
        let pairs = self.0.iter();
        pairs.map(|(name, value)| (name.clone(), Value::String(value.clone()))).collect()
    }

    /// As `GET _settings` shows them: nested, every value a string.
    #[must_use]
    pub fn render(&self) -> Value {
        let mut out = Value::Object(Map::new());
        for (name, value) in &self.0 {
            let mut at = &mut out;
            for part in name.split('.') {
                if !at.is_object() {
                    break;
                }
                at = &mut at[part];
                if at.is_null() {
                    *at = Value::Object(Map::new());
                }
            }
            *at = Value::String(value.clone());
        }
        out
    }
}

fn flatten(prefix: &str, value: &Value, out: &mut BTreeMap<String, Option<String>>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let name =
                    if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
                flatten(&name, value, out);
            }
        }
        Value::Null => drop(out.insert(prefix.to_owned(), None)),
        Value::String(text) => drop(out.insert(prefix.to_owned(), Some(text.clone()))),
        other => drop(out.insert(prefix.to_owned(), Some(other.to_string()))),
    }
}

fn check(name: &str, value: &str) -> Result<(), Failure> {
    let number = |least: i64, most: i64| {
        let read: i64 = value.parse().map_err(|_| {
            Failure::illegal_argument(format!(
                "Failed to parse value [{value}] for setting [{name}]"
            ))
            .because(Failure::number_format(value))
        })?;
        if read < least {
            return Err(Failure::illegal_argument(format!(
                "Failed to parse value [{value}] for setting [{name}] must be >= {least}"
            )));
        }
        if read > most {
            return Err(Failure::illegal_argument(format!(
                "Failed to parse value [{value}] for setting [{name}] must be <= {most}"
            )));
        }
        Ok(())
    };
    match name {
        "index.number_of_shards" => number(1, 1_024),
        "index.number_of_replicas" | "index.mapping.total_fields.limit" => number(0, i64::MAX),
        "index.max_result_window" | "index.mapping.depth.limit" => number(1, i64::MAX),
        "index.refresh_interval" if value != "-1" && parse_duration(value).is_none() => {
            Err(Failure::illegal_argument(format!(
                "failed to parse setting [{name}] with value [{value}] as a time value: unit is missing or unrecognized"
            )))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn nested_and_dotted_are_the_same() {
        for body in [
            json!({"index": {"number_of_shards": 3, "refresh_interval": "5s"}}),
            json!({"number_of_shards": "3", "index.refresh_interval": "5s"}),
            json!({"index.number_of_shards": 3, "refresh_interval": "5s"}),
        ] {
            let mut settings = Settings::default();
            settings.apply(&body, None).unwrap();
            assert_eq!(
                settings.render(),
                json!({"index": {"number_of_replicas": "1", "number_of_shards": "3", "refresh_interval": "5s"}})
            );
            assert_eq!(settings.refresh_interval_ms(), Some(5_000));
        }
    }

    #[test]
    fn refuses_what_does_not_exist_or_is_fixed() {
        let mut settings = Settings::default();
        let unknown = settings.apply(&json!({"bogus": 1}), None).unwrap_err();
        assert!(unknown.reason().starts_with("unknown setting [index.bogus]"));
        let fixed = settings.apply(&json!({"number_of_shards": 2}), Some("i/u")).unwrap_err();
        assert_eq!(
            fixed.reason(),
            "Can't update non dynamic settings [[index.number_of_shards]] for open indices [[i/u]]"
        );
        assert!(settings.apply(&json!({"number_of_shards": 0}), None).is_err());
    }
}
