//! A small tree of XML to read.

use quick_xml::Reader;
use quick_xml::events::Event;

/// An element of a request body, its name without a namespace prefix.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Node {
    /// The local name.
    pub name: String,
    /// The text that lies directly in it.
    pub text: String,
    /// Its elements, in their order.
    pub children: Vec<Node>,
}

impl Node {
    /// Reads a document; `None` when it is not one well-formed element.
    #[must_use]
    pub fn parse(body: &[u8]) -> Option<Self> {
        let mut reader = Reader::from_str(std::str::from_utf8(body).ok()?);
        let mut open: Vec<Node> = Vec::new();
        let mut root = None;
        loop {
            match reader.read_event().ok()? {
                Event::Start(start) => open.push(Self::named(start.local_name().as_ref())),
                Event::Empty(start) => {
                    let node = Self::named(start.local_name().as_ref());
                    close(node, &mut open, &mut root)?;
                }
                Event::End(_) => {
                    let node = open.pop()?;
                    close(node, &mut open, &mut root)?;
                }
                Event::Text(text) => {
                    if let Some(node) = open.last_mut() {
                        node.text.push_str(&text);
                    } else if !text.trim().is_empty() {
                        return None;
                    }
                }
                Event::GeneralRef(reference) => {
                    let text = match reference.resolve_char_ref().ok()? {
                        Some(character) => character.to_string(),
                        None => {
                            quick_xml::escape::resolve_predefined_entity(&reference)?.to_owned()
                        }
                    };
                    open.last_mut()?.text.push_str(&text);
                }
                Event::CData(data) => {
                    open.last_mut()?.text.push_str(&data);
                }
                Event::Eof => return if open.is_empty() { root } else { None },
                _ => {}
            }
        }
    }

    fn named(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// The first child of this name.
    #[must_use]
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The text of the first child of this name.
    #[must_use]
    pub fn child_text(&self, name: &str) -> Option<&str> {
        self.child(name).map(|child| child.text.as_str())
    }

    /// All children of this name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }
}

/// Puts a finished element where it belongs; `None` when there is a second root.
fn close(node: Node, open: &mut [Node], root: &mut Option<Node>) -> Option<()> {
    match open.last_mut() {
        Some(parent) => parent.children.push(node),
        None if root.is_none() => *root = Some(node),
        None => return None,
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_elements_text_and_references() {
        let node = Node::parse(
            b"<?xml version=\"1.0\"?><s3:Delete xmlns:s3=\"x\"><Object><Key>a&amp;b&#33;</Key></Object>\
              <Object><Key>c</Key></Object><Quiet/></s3:Delete>",
        )
        .expect("XML");
        assert_eq!(node.name, "Delete");
        let keys: Vec<_> = node.all("Object").filter_map(|o| o.child_text("Key")).collect();
        assert_eq!(keys, ["a&b!", "c"]);
        assert!(node.child("Quiet").is_some());
    }

    #[test]
    fn refuses_what_is_not_one_element() {
        for text in ["", "<a>", "<a/><b/>", "text", "<a></b>", "<a>&nope;</a>"] {
            assert_eq!(Node::parse(text.as_bytes()), None, "{text}");
        }
    }
}
