//! XML as a tree of JSON values: an element is its text, or an object of its children, where a
//! name that comes more than once is an array.

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::{Map, Value};

#[derive(Default)]
struct Element {
    name: String,
    text: String,
    children: Map<String, Value>,
}

impl Element {
    fn value(self) -> Value {
        if self.children.is_empty() {
            Value::String(self.text)
        } else {
            Value::Object(self.children)
        }
    }

    fn adopt(&mut self, child: Self) {
        let name = child.name.clone();
        let value = child.value();
        match self.children.get_mut(&name) {
            None => {
                self.children.insert(name, value);
            }
            Some(Value::Array(values)) => values.push(value),
            Some(first) => *first = Value::Array(vec![first.take(), value]),
        }
    }
}

/// Reads a document; what cannot be read as XML comes back as text.
#[must_use]
pub fn read(text: &str) -> Value {
    tree(text).unwrap_or_else(|| Value::String(text.to_owned()))
}

fn tree(text: &str) -> Option<Value> {
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                let name = start.local_name().as_ref().to_owned();
                open.push(Element { name, ..Element::default() });
            }
            Event::Empty(empty) => {
                let name = empty.local_name().as_ref().to_owned();
                open.last_mut()?.adopt(Element { name, ..Element::default() });
            }
            Event::Text(piece) => open.last_mut()?.text.push_str(&piece),
            Event::GeneralRef(name) => {
                let entity = format!("&{};", &*name);
                let read = quick_xml::escape::unescape(&entity).ok()?.into_owned();
                open.last_mut()?.text.push_str(&read);
            }
            Event::End(_) => {
                let child = open.pop()?;
                open.last_mut()?.adopt(child);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    Some(open.pop()?.value())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn reads_elements_and_lists() {
        let text = r#"<?xml version="1.0"?><R xmlns="x"><A>1 &amp; &quot;2&quot;</A><L><K>a</K></L><L><K>b</K></L><E/></R>"#;
        assert_eq!(
            super::read(text),
            json!({ "R": { "A": "1 & \"2\"", "L": [{ "K": "a" }, { "K": "b" }], "E": "" } })
        );
    }
}
