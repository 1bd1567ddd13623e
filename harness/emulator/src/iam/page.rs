//! Listings come in pages.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::protocol::xml::Element;

/// Where a listing goes on, and how long its page is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Page {
    /// The last key of the page before.
    pub(super) after: Option<String>,
    /// The most entries of the page.
    pub(super) most: usize,
}

impl Page {
    /// Reads a `Marker`.
    pub(super) fn read(marker: &str) -> Option<String> {
        String::from_utf8(STANDARD.decode(marker).ok()?).ok()
    }

    /// The page of these entries, which come in the order of their keys, and the marker of the
    /// next one.
    pub(super) fn cut<T>(
        &self,
        entries: impl IntoIterator<Item = (String, T)>,
    ) -> (Vec<T>, Option<String>) {
        let mut page = Vec::new();
        let mut last = None;
        let after = self.after.as_deref();
        for (key, entry) in entries.into_iter().filter(|(key, _)| Some(key.as_str()) > after) {
            if page.len() == self.most {
                return (page, last.map(|key: String| STANDARD.encode(key)));
            }
            page.push(entry);
            last = Some(key);
        }
        (page, None)
    }

    /// `result` with the page as `<name><member>…` and what says whether there is more.
    pub(super) fn list(
        &self,
        result: Element,
        name: &'static str,
        entries: impl IntoIterator<Item = (String, Element)>,
    ) -> Element {
        let (page, marker) = self.cut(entries);
        ended(result.child(Element::new(name).children(page.into_iter().map(member))), marker)
    }
}

/// `IsTruncated`, and the `Marker` of the next page when there is one.
pub(super) fn ended(result: Element, marker: Option<String>) -> Element {
    let is_truncated = if marker.is_some() { "true" } else { "false" };
    result
        .child(Element::text("IsTruncated", is_truncated))
        .maybe(marker.map(|marker| Element::text("Marker", marker)))
}

/// The element as an entry of a list.
pub(super) fn member(mut element: Element) -> Element {
    element.rename("member");
    element
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_follow_each_other_without_gap() {
        let names: Vec<String> = (0..10).map(|n| format!("n{n}")).collect();
        let mut page = Page { after: None, most: 4 };
        let mut seen = Vec::new();
        loop {
            let (part, marker) = page.cut(names.iter().map(|n| (n.clone(), n.clone())));
            assert!(part.len() <= 4);
            seen.extend(part);
            let Some(marker) = marker else { break };
            page.after = Page::read(&marker);
        }
        assert_eq!(seen, names);
        assert_eq!(Page::read("?"), None);
    }
}
