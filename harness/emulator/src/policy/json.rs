//! A JSON reader that keeps where every value stands and refuses a key given twice.
//!
//! `serde_json` gives neither, and explanations point at the line of a statement.

/// How deep arrays and objects may nest; policies need six.
const MAX_DEPTH: usize = 32;

/// A value and the bytes of the text it occupies, `start..end`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) value: Value,
}

/// A JSON value; a number stays as it was written.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Null,
    Bool(bool),
    Number(String),
    String(String),
    Array(Vec<Node>),
    Object(Vec<(String, Node)>),
}

/// Why a text is not JSON, or not JSON that a policy may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct JsonProblem {
    /// Byte offset at which reading stopped.
    pub(super) offset: usize,
    /// The key that was given twice, when that is the problem.
    pub(super) duplicate: Option<String>,
}

/// Reads one JSON value that fills the whole text.
pub(super) fn parse(text: &str) -> Result<Node, JsonProblem> {
    let mut reader = Reader { text, at: 0 };
    let node = reader.value(0)?;
    reader.space();
    if reader.at == text.len() { Ok(node) } else { reader.fail() }
}

/// A place in a text: both numbers start at 1, columns count UTF-16 units as AWS does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
}

/// Turns byte offsets of one text into positions; offsets may come in any order.
pub(super) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let breaks =
            text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n').map(|(at, _)| at + 1);
        Self { text, starts: std::iter::once(0).chain(breaks).collect() }
    }

    pub(super) fn position(&self, offset: usize) -> Position {
        let index = self.starts.partition_point(|&start| start <= offset).saturating_sub(1);
        let start = self.starts.get(index).copied().unwrap_or(0);
        let before = self.text.get(start..offset).unwrap_or("");
        Position { line: to_u32(index + 1), column: to_u32(before.encode_utf16().count() + 1) }
    }

    pub(super) fn line(&self, offset: usize) -> u32 {
        self.position(offset).line
    }
}

fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn fail<T>(&self) -> Result<T, JsonProblem> {
        Err(JsonProblem { offset: self.at, duplicate: None })
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn value(&mut self, depth: usize) -> Result<Node, JsonProblem> {
        self.space();
        let start = self.at;
        let value = match self.peek() {
            Some(b'{') if depth < MAX_DEPTH => self.object(depth)?,
            Some(b'[') if depth < MAX_DEPTH => self.array(depth)?,
            Some(b'"') => Value::String(self.string()?),
            Some(b't') => self.word("true", Value::Bool(true))?,
            Some(b'f') => self.word("false", Value::Bool(false))?,
            Some(b'n') => self.word("null", Value::Null)?,
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => return self.fail(),
        };
        Ok(Node { start, end: self.at, value })
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, JsonProblem> {
        if self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word)) {
            self.at += word.len();
            Ok(value)
        } else {
            self.fail()
        }
    }

    fn number(&mut self) -> Result<Value, JsonProblem> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E')) {
            self.at += 1;
        }
        let text = self.text.get(start..self.at).unwrap_or("");
        // The raw text is kept: a policy's 9007199254740993 may not pass through a float.
        if serde_json::from_str::<&serde_json::value::RawValue>(text).is_ok() {
            Ok(Value::Number(text.to_owned()))
        } else {
            self.at = start;
            self.fail()
        }
    }

    fn string(&mut self) -> Result<String, JsonProblem> {
        let start = self.at;
        self.at += 1;
        loop {
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => self.at += 2,
                Some(_) => self.at += 1,
                None => {
                    self.at = start;
                    return self.fail();
                }
            }
        }
        self.at += 1;
        let decoded = self.text.get(start..self.at).and_then(|raw| serde_json::from_str(raw).ok());
        let Some(decoded) = decoded else {
            self.at = start;
            return self.fail();
        };
        Ok(decoded)
    }

    fn array(&mut self, depth: usize) -> Result<Value, JsonProblem> {
        self.at += 1;
        let mut items = Vec::new();
        self.space();
        if self.take(b']') {
            return Ok(Value::Array(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.space();
            if self.take(b']') {
                return Ok(Value::Array(items));
            }
            if !self.take(b',') {
                return self.fail();
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Value, JsonProblem> {
        self.at += 1;
        let mut members: Vec<(String, Node)> = Vec::new();
        self.space();
        if self.take(b'}') {
            return Ok(Value::Object(members));
        }
        loop {
            self.space();
            let start = self.at;
            if self.peek() != Some(b'"') {
                return self.fail();
            }
            let key = self.string()?;
            if members.iter().any(|(known, _)| *known == key) {
                return Err(JsonProblem { offset: start, duplicate: Some(key) });
            }
            self.space();
            if !self.take(b':') {
                return self.fail();
            }
            members.push((key, self.value(depth + 1)?));
            self.space();
            if self.take(b'}') {
                return Ok(Value::Object(members));
            }
            if !self.take(b',') {
                return self.fail();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keeps_places_and_refuses_a_second_key() {
        let text = "{\n  \"a\": [1, \"é\\n\"],\n  \"b\": {}\n}";
        let Value::Object(members) = parse(text).unwrap().value else { panic!() };
        let lines = Lines::new(text);
        assert_eq!(lines.position(members[0].1.start), Position { line: 2, column: 8 });
        assert_eq!(lines.line(members[1].1.start), 3);
        let twice = parse("{\"a\":1,\"a\":2}").unwrap_err();
        assert_eq!(twice, JsonProblem { offset: 7, duplicate: Some("a".into()) });
        for bad in ["", "{", "[1,]", "{\"a\"}", "01", "\"\u{1}\"", "{} x", "nul", "\"\\x\"", "1e"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
        assert!(parse(&"[".repeat(5_000)).is_err());
    }

    proptest! {
        /// Whatever serde_json writes is read, and whatever is no JSON to it is none here.
        #[test]
        fn agrees_with_serde_json_on_what_is_json(text in "[\\[\\]{}\",:0-9a-c\\\\ntrue. -]{0,24}") {
            let ours = parse(&text);
            let theirs = serde_json::from_str::<serde_json::Value>(&text);
            let twice = matches!(&ours, Err(problem) if problem.duplicate.is_some());
            prop_assert!(twice || ours.is_ok() == theirs.is_ok(), "{text}: {ours:?} {theirs:?}");
        }
    }
}
