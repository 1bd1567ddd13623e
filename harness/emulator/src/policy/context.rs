//! What a request says of itself besides who, what and on which resource.

use std::collections::BTreeMap;

/// The value of a condition key in a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContextValue {
    /// A key of one value.
    Single(String),
    /// A key of many values, such as `aws:TagKeys`; it stays one whatever the number of values.
    List(Vec<String>),
}

impl ContextValue {
    /// The values in order.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        match self {
            Self::Single(value) => std::slice::from_ref(value),
            Self::List(values) => values.as_slice(),
        }
        .iter()
        .map(String::as_str)
    }
}

/// The condition keys of a request. Key names ignore case.
///
/// Keys that follow from the caller and the resource need not be given: `aws:PrincipalArn`,
/// `aws:PrincipalAccount`, `aws:PrincipalType`, `aws:PrincipalIsAWSService`,
/// `aws:PrincipalServiceName`, `aws:username`, `aws:userid` of a root and
/// `aws:ResourceAccount` are derived; a key given here wins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Context(BTreeMap<String, ContextValue>);

impl Context {
    /// A request that says nothing of itself.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a key of one value; replaces an earlier one.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        self.insert(key, ContextValue::Single(value.into()));
        self
    }

    /// Adds a key of many values; replaces an earlier one.
    #[must_use]
    pub fn with_list(
        mut self,
        key: &str,
        values: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        self.insert(key, ContextValue::List(values.into_iter().map(Into::into).collect()));
        self
    }

    /// Adds a key; replaces an earlier one.
    pub fn insert(&mut self, key: &str, value: ContextValue) {
        self.0.insert(key.to_ascii_lowercase(), value);
    }

    /// Adds every key of another context; each replaces an earlier one.
    pub fn extend(&mut self, other: &Self) {
        self.0.extend(other.0.iter().map(|(key, value)| (key.clone(), value.clone())));
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&ContextValue> {
        if key.bytes().any(|byte| byte.is_ascii_uppercase()) {
            self.0.get(&key.to_ascii_lowercase())
        } else {
            self.0.get(key)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn key_names_ignore_case() {
        let context = Context::new().with("aws:SourceArn", "x").with_list("aws:TagKeys", ["a"]);
        assert_eq!(context.get("AWS:sourcearn"), Some(&ContextValue::Single("x".into())));
        assert_eq!(context.get("aws:TagKeys").unwrap().values().collect::<Vec<_>>(), ["a"]);
        assert_eq!(context.get("aws:SourceIp"), None);
    }
}
