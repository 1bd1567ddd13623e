//! Tags: their keys are unique whatever their case, and keep the case they were first given.

use crate::policy::Context;

/// The most tags that an entity may have.
pub(super) const TAGS_MAX: usize = 50;

/// The tags of an entity or a session, in the order in which they came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tags(Vec<(String, String)>);

impl Tags {
    /// Adds a tag, or gives one another value.
    pub(super) fn set(&mut self, key: &str, value: &str) {
        match self.0.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(key)) {
            Some(tag) => value.clone_into(&mut tag.1),
            None => self.0.push((key.to_owned(), value.to_owned())),
        }
    }

    /// Takes a tag away, when it is there.
    pub(super) fn remove(&mut self, key: &str) {
        self.0.retain(|(known, _)| !known.eq_ignore_ascii_case(key));
    }

    /// Keys and values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// The number of tags.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds each tag as `prefix/key`, such as `aws:PrincipalTag/team`.
    pub(super) fn tell(&self, prefix: &str, mut context: Context) -> Context {
        for (key, value) in self.iter() {
            context = context.with(&format!("{prefix}/{key}"), value);
        }
        context
    }

    /// Adds `aws:RequestTag/…` and `aws:TagKeys` of a request that brings these tags.
    pub(super) fn tell_request(&self, context: Context) -> Context {
        if self.is_empty() {
            return context;
        }
        let context = self.tell("aws:RequestTag", context);
        context.with_list("aws:TagKeys", self.iter().map(|(key, _)| key))
    }
}

impl FromIterator<(String, String)> for Tags {
    fn from_iter<T: IntoIterator<Item = (String, String)>>(tags: T) -> Self {
        let mut all = Self::default();
        for (key, value) in tags {
            all.set(&key, &value);
        }
        all
    }
}
