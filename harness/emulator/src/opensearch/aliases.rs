//! Other names for indices.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::error::Failure;

/// How an alias points to an index.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AliasProperties {
    /// `is_write_index`, if given.
    pub is_write_index: Option<bool>,
}

impl AliasProperties {
    /// Reads the properties of an alias; filters and routing are not part of this subset.
    ///
    /// # Errors
    /// `illegal_argument_exception`.
    pub fn parse(body: &Value) -> Result<Self, Failure> {
        let mut properties = Self::default();
        for (key, value) in body.as_object().into_iter().flatten() {
            match key.as_str() {
                "is_write_index" => properties.is_write_index = value.as_bool(),
                "index" | "indices" | "alias" | "aliases" | "must_exist" => {}
                "filter" | "routing" | "index_routing" | "search_routing" | "is_hidden" => {
                    return Err(Failure::outside_subset(&format!("[{key}] of an alias")));
                }
                other => return Err(Failure::parsing(format!("Unknown field [{other}]"))),
            }
        }
        Ok(properties)
    }

    fn render(self) -> Value {
        let mut out = Map::new();
        if let Some(write) = self.is_write_index {
            out.insert("is_write_index".to_owned(), json!(write));
        }
        Value::Object(out)
    }
}

/// The aliases of a domain: alias, then index.
#[derive(Debug, Default)]
pub struct Aliases(BTreeMap<String, BTreeMap<String, AliasProperties>>);

impl Aliases {
    /// Whether there is an alias of this name.
    #[must_use]
    pub fn contains(&self, alias: &str) -> bool {
        self.0.contains_key(alias)
    }

    /// The names of the aliases.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Every alias with its indices.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str, AliasProperties)> {
        self.0.iter().flat_map(|(alias, indices)| {
            indices.iter().map(|(index, of)| (alias.as_str(), index.as_str(), *of))
        })
    }

    /// The indices of an alias.
    pub fn indices(&self, alias: &str) -> impl Iterator<Item = &str> {
        self.0.get(alias).into_iter().flat_map(|of| of.keys()).map(String::as_str)
    }

    /// Points an alias to an index.
    pub fn add(&mut self, alias: &str, index: &str, properties: AliasProperties) {
        self.0.entry(alias.to_owned()).or_default().insert(index.to_owned(), properties);
    }

    /// Takes an index from an alias; whether it was there.
    pub fn remove(&mut self, alias: &str, index: &str) -> bool {
        let Some(indices) = self.0.get_mut(alias) else { return false };
        let removed = indices.remove(index).is_some();
        if indices.is_empty() {
            self.0.remove(alias);
        }
        removed
    }

    /// Forgets an index that is deleted.
    pub fn forget(&mut self, index: &str) {
        self.0.retain(|_, indices| {
            indices.remove(index);
            !indices.is_empty()
        });
    }

    /// The index that a write to this name goes to; a name that is no alias stands for itself.
    ///
    /// # Errors
    /// `illegal_argument_exception` when the alias has several indices and none is for writing.
    pub fn write_index<'a>(&'a self, name: &'a str) -> Result<&'a str, Failure> {
        let Some(indices) = self.0.get(name) else { return Ok(name) };
        let chosen = indices.iter().find(|(_, of)| of.is_write_index == Some(true));
        let only = (indices.len() == 1)
            .then(|| indices.iter().next())
            .flatten()
            .filter(|(_, of)| of.is_write_index != Some(false));
        chosen.or(only).map(|(index, _)| index.as_str()).ok_or_else(|| {
            Failure::illegal_argument(format!(
                "no write index is defined for alias [{name}]. The write index may be explicitly disabled using is_write_index=false or the alias points to multiple indices without one being designated as a write index"
            ))
        })
    }

    /// `aliases` of an index as `GET` shows it.
    #[must_use]
    pub fn render(&self, index: &str) -> Value {
        let of = self.0.iter().filter_map(|(alias, indices)| {
            indices.get(index).map(|properties| (alias.clone(), properties.render()))
        });
        Value::Object(of.collect())
    }
}
