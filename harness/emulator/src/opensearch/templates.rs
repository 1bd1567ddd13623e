//! What a new index starts with, by its name (OpenSearch reference, "Index APIs").

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::aliases::AliasProperties;
use super::error::Failure;
use super::settings::Settings;
use super::{mapping, wildcard};

/// A template as it was put.
#[derive(Debug, Clone)]
pub struct Template {
    /// The body, as `GET` shows it.
    pub body: Value,
    patterns: Vec<String>,
    rank: i64,
}

impl Template {
    /// Reads a template; `legacy` is `_template`, else `_index_template`.
    ///
    /// # Errors
    /// `illegal_argument_exception`, or what is wrong with its settings and mappings.
    pub fn parse(body: &Value, legacy: bool) -> Result<Self, Failure> {
        let patterns = match body.get("index_patterns") {
            Some(Value::String(one)) => vec![one.clone()],
            Some(Value::Array(many)) => {
                many.iter().filter_map(Value::as_str).map(str::to_owned).collect()
            }
            _ => Vec::new(),
        };
        if patterns.is_empty() {
            return Err(Failure::illegal_argument("index patterns are missing"));
        }
        let known: &[&str] = if legacy {
            &["index_patterns", "order", "settings", "mappings", "aliases", "version"]
        } else {
            &["index_patterns", "priority", "template", "version", "_meta"]
        };
        for key in body.as_object().into_iter().flat_map(|body| body.keys()) {
            match key.as_str() {
                "composed_of" | "data_stream" if !legacy => {
                    return Err(Failure::outside_subset(&format!("[{key}] of an index template")));
                }
                other if !known.contains(&other) => {
                    return Err(Failure::parsing(format!(
                        "[index_template] unknown field [{other}]"
                    )));
                }
                _ => {}
            }
        }
        let rank = body.get(if legacy { "order" } else { "priority" });
        let inner = if legacy { body } else { body.get("template").unwrap_or(&Value::Null) };
        if let Some(settings) = inner.get("settings") {
            Settings::default().apply(settings, None)?;
        }
        if let Some(mappings) = inner.get("mappings") {
            mapping::parse(mappings)?;
        }
        for properties in aliases(inner) {
            properties?;
        }
        Ok(Self { body: body.clone(), patterns, rank: rank.and_then(Value::as_i64).unwrap_or(0) })
    }

    fn fits(&self, name: &str) -> bool {
        self.patterns.iter().any(|pattern| wildcard::simple(pattern, name))
    }
}

fn aliases(inner: &Value) -> impl Iterator<Item = Result<(String, AliasProperties), Failure>> {
    let members = inner.get("aliases").and_then(Value::as_object).into_iter().flatten();
    members.map(|(name, body)| AliasProperties::parse(body).map(|of| (name.clone(), of)))
}

/// What templates give to a new index, weakest first.
#[derive(Debug, Default)]
pub struct Given {
    /// Bodies of settings.
    pub settings: Vec<Value>,
    /// Bodies of mappings.
    pub mappings: Vec<Value>,
    /// Aliases.
    pub aliases: Vec<(String, AliasProperties)>,
}

/// The templates of a domain.
#[derive(Debug, Default)]
pub struct Templates {
    /// `_index_template`
    pub composable: BTreeMap<String, Template>,
    /// `_template`
    pub legacy: BTreeMap<String, Template>,
}

impl Templates {
    /// What a new index of this name is given: the composable template of highest priority alone;
    /// only if none fits, every legacy one by rising order.
    #[must_use]
    pub fn for_index(&self, name: &str) -> Given {
        let best = self.composable.values().filter(|t| t.fits(name)).max_by_key(|t| t.rank);
        let mut given = Given::default();
        if let Some(best) = best {
            given.take(best.body.get("template").unwrap_or(&Value::Null));
            return given;
        }
        let mut fitting: Vec<&Template> = self.legacy.values().filter(|t| t.fits(name)).collect();
        fitting.sort_by_key(|template| template.rank);
        fitting.into_iter().for_each(|template| given.take(&template.body));
        given
    }

    /// `GET _index_template` of these.
    #[must_use]
    pub fn render_composable(&self, pattern: &str) -> Value {
        let all = self.composable.iter().filter(|(name, _)| wildcard::simple(pattern, name));
        let list: Vec<Value> =
            all.map(|(name, t)| json!({ "name": name, "index_template": t.body })).collect();
        json!({ "index_templates": list })
    }

    /// `GET _template` of these.
    #[must_use]
    pub fn render_legacy(&self, pattern: &str) -> Value {
        let all = self.legacy.iter().filter(|(name, _)| wildcard::simple(pattern, name));
        Value::Object(all.map(|(name, t)| (name.clone(), t.body.clone())).collect())
    }
}

impl Given {
    fn take(&mut self, inner: &Value) {
        self.settings.extend(inner.get("settings").cloned());
        self.mappings.extend(inner.get("mappings").cloned());
        self.aliases.extend(aliases(inner).filter_map(Result::ok));
    }
}
