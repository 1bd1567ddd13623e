//! A reader of JSON that allocates nothing: documents are walked a million at a time, and only
//! their shape is wanted. It is as strict as OpenSearch's own parser.

use std::borrow::Cow;

use super::error::Failure;

/// What stands next in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `{`
    Object,
    /// `[`
    Array,
    /// `"`
    String,
    /// A digit or a minus sign.
    Number,
    /// `true` or `false`
    Bool,
    /// `null`
    Null,
}

/// The inside of a string, still escaped.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    raw: &'a str,
    escaped: bool,
}

impl<'a> Text<'a> {
    /// The string's characters.
    #[must_use]
    pub fn decoded(self) -> Cow<'a, str> {
        if self.escaped { Cow::Owned(unescape(self.raw)) } else { Cow::Borrowed(self.raw) }
    }
}

/// A scalar value.
#[derive(Debug, Clone)]
pub enum Scalar<'a> {
    /// A string.
    String(Cow<'a, str>),
    /// A number as written, and whether it has neither fraction nor exponent.
    Number(&'a str, bool),
    /// `true` or `false`
    Bool(bool),
    /// `null`
    Null,
}

impl<'a> Scalar<'a> {
    /// The value as text; `None` for null.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            Self::Number(text, _) => Some(text),
            Self::Bool(true) => Some("true"),
            Self::Bool(false) => Some("false"),
            Self::Null => None,
        }
    }
}

/// Deepest nesting of arrays and objects that is read.
const MAX_DEPTH: usize = 1_000;

/// A cursor over one JSON text.
#[derive(Debug)]
pub struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    /// A reader at the start of `source`.
    ///
    /// # Errors
    /// When `source` is not UTF-8.
    pub fn new(source: &'a [u8]) -> Result<Self, Failure> {
        match std::str::from_utf8(source) {
            Ok(text) => Ok(Self { text, at: 0 }),
            Err(e) => Err(Failure::new(
                400,
                "json_parse_exception",
                format!("Invalid UTF-8 start byte at offset {}", e.valid_up_to()),
            )),
        }
    }

    /// Byte offset of the next token.
    pub fn offset(&mut self) -> usize {
        self.space();
        self.at
    }

    /// Line and column, from 1, of this byte offset.
    #[must_use]
    pub fn place(&self, offset: usize) -> (usize, usize) {
        let before = &self.text.as_bytes()[..offset.min(self.text.len())];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        (line, offset - start + 1)
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.byte(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    /// The error of finding what should not be here.
    fn unexpected(&self, expected: &str) -> Failure {
        let (line, column) = self.place(self.at);
        match self.text.get(self.at..).and_then(|rest| rest.chars().next()) {
            Some(found) => Failure::new(
                400,
                "json_parse_exception",
                format!(
                    "Unexpected character ('{found}' (code {})): expected {expected}\n at line: {line}, column: {column}",
                    u32::from(found)
                ),
            ),
            None => Failure::new(
                400,
                "json_e_o_f_exception",
                format!(
                    "Unexpected end-of-input: expected {expected}\n at line: {line}, column: {column}"
                ),
            ),
        }
    }

    /// The kind of the next value.
    ///
    /// # Errors
    /// When no value stands here.
    pub fn peek(&mut self) -> Result<Kind, Failure> {
        self.space();
        match self.byte() {
            Some(b'{') => Ok(Kind::Object),
            Some(b'[') => Ok(Kind::Array),
            Some(b'"') => Ok(Kind::String),
            Some(b'-' | b'0'..=b'9') => Ok(Kind::Number),
            Some(b't' | b'f') => Ok(Kind::Bool),
            Some(b'n') => Ok(Kind::Null),
            _ => Err(self.unexpected("a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')")),
        }
    }

    /// Steps into an object or array whose opening bracket is next.
    pub fn enter(&mut self) {
        self.space();
        self.at += 1;
    }

    /// The next member's name inside an object, its colon consumed; `None` at the end.
    ///
    /// # Errors
    /// On anything but a member or the end.
    pub fn key(&mut self, first: &mut bool) -> Result<Option<Text<'a>>, Failure> {
        self.space();
        match self.byte() {
            Some(b'}') => {
                self.at += 1;
                return Ok(None);
            }
            Some(b',') if !*first => {
                self.at += 1;
                self.space();
            }
            Some(_) if *first => {}
            _ => return Err(self.unexpected("comma to separate Object entries")),
        }
        *first = false;
        if self.byte() != Some(b'"') {
            return Err(self.unexpected("double-quote to start field name"));
        }
        let key = self.string()?;
        self.space();
        if self.byte() != Some(b':') {
            return Err(self.unexpected("a colon to separate field name and value"));
        }
        self.at += 1;
        Ok(Some(key))
    }

    /// Whether a further item stands inside an array.
    ///
    /// # Errors
    /// On anything but an item or the end.
    pub fn item(&mut self, first: &mut bool) -> Result<bool, Failure> {
        self.space();
        match self.byte() {
            Some(b']') => {
                self.at += 1;
                Ok(false)
            }
            Some(b',') if !*first => {
                self.at += 1;
                Ok(true)
            }
            Some(_) if *first => {
                *first = false;
                Ok(true)
            }
            _ => Err(self.unexpected("comma to separate Array entries")),
        }
    }

    /// The string that is next.
    ///
    /// # Errors
    /// On a broken escape, a raw control character or the end of the text.
    pub fn string(&mut self) -> Result<Text<'a>, Failure> {
        self.at += 1;
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut escaped = false;
        loop {
            match bytes.get(self.at) {
                Some(b'"') => {
                    let raw = &self.text[start..self.at];
                    self.at += 1;
                    return Ok(Text { raw, escaped });
                }
                Some(b'\\') => {
                    escaped = true;
                    self.escape()?;
                }
                Some(0..=0x1f) => {
                    return Err(
                        self.unexpected("no raw control character in a string, use an escape")
                    );
                }
                Some(_) => self.at += 1,
                None => return Err(self.unexpected("closing quote for a string value")),
            }
        }
    }

    fn escape(&mut self) -> Result<(), Failure> {
        self.at += 1;
        match self.byte() {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 1,
            Some(b'u') => {
                self.at += 1;
                for _ in 0..4 {
                    if !self.byte().is_some_and(|byte| byte.is_ascii_hexdigit()) {
                        return Err(self.unexpected("a hex-digit for character escape sequence"));
                    }
                    self.at += 1;
                }
            }
            _ => return Err(self.unexpected("a known character escape")),
        }
        Ok(())
    }

    /// The number that is next, and whether it has neither fraction nor exponent.
    ///
    /// # Errors
    /// When it does not follow JSON's grammar.
    pub fn number(&mut self) -> Result<(&'a str, bool), Failure> {
        let start = self.at;
        if self.byte() == Some(b'-') {
            self.at += 1;
        }
        match self.byte() {
            Some(b'0') => {
                self.at += 1;
                if self.byte().is_some_and(|byte| byte.is_ascii_digit()) {
                    return Err(self.unexpected("no leading zeroes in a number"));
                }
            }
            _ => self.digits()?,
        }
        let mut integer = true;
        if self.byte() == Some(b'.') {
            integer = false;
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.byte(), Some(b'e' | b'E')) {
            integer = false;
            self.at += 1;
            if matches!(self.byte(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok((&self.text[start..self.at], integer))
    }

    fn digits(&mut self) -> Result<(), Failure> {
        let start = self.at;
        while self.byte().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at == start { Err(self.unexpected("a digit")) } else { Ok(()) }
    }

    /// The scalar that is next.
    ///
    /// # Errors
    /// When it is not well formed, or an object or array.
    pub fn scalar(&mut self) -> Result<Scalar<'a>, Failure> {
        match self.peek()? {
            Kind::String => Ok(Scalar::String(self.string()?.decoded())),
            Kind::Number => self.number().map(|(text, integer)| Scalar::Number(text, integer)),
            Kind::Bool if self.byte() == Some(b't') => {
                self.word("true").map(|()| Scalar::Bool(true))
            }
            Kind::Bool => self.word("false").map(|()| Scalar::Bool(false)),
            Kind::Null => self.word("null").map(|()| Scalar::Null),
            Kind::Object | Kind::Array => Err(self.unexpected("a simple value")),
        }
    }

    fn word(&mut self, word: &str) -> Result<(), Failure> {
        if self.text[self.at..].starts_with(word) {
            self.at += word.len();
            Ok(())
        } else {
            Err(self.unexpected("token 'null', 'true' or 'false'"))
        }
    }

    /// Reads past the next value, whatever it is.
    ///
    /// # Errors
    /// When it is not well formed.
    pub fn skip(&mut self) -> Result<(), Failure> {
        self.skip_within(MAX_DEPTH)
    }

    fn skip_within(&mut self, depth: usize) -> Result<(), Failure> {
        if depth == 0 {
            return Err(Failure::new(
                400,
                "stream_constraints_exception",
                format!("Document nesting depth exceeds the maximum allowed ({MAX_DEPTH})"),
            ));
        }
        let mut first = true;
        match self.peek()? {
            Kind::Object => {
                self.enter();
                while self.key(&mut first)?.is_some() {
                    self.skip_within(depth - 1)?;
                }
                Ok(())
            }
            Kind::Array => {
                self.enter();
                while self.item(&mut first)? {
                    self.skip_within(depth - 1)?;
                }
                Ok(())
            }
            Kind::String => self.string().map(drop),
            Kind::Number => self.number().map(drop),
            Kind::Bool | Kind::Null => self.scalar().map(drop),
        }
    }

    /// Whether nothing but white space is left.
    pub fn at_end(&mut self) -> bool {
        self.space();
        self.at == self.text.len()
    }
}

/// The characters of an escaped string whose escapes are known to be well formed. A lone
/// surrogate becomes the replacement character.
fn unescape(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut chars = raw.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('b') => out.push('\u{8}'),
            Some('f') => out.push('\u{c}'),
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('t') => out.push('\t'),
            Some('u') => {
                let high = hex4(&mut chars);
                let mut rest = chars.clone();
                let low = (rest.next() == Some('\\') && rest.next() == Some('u'))
                    .then(|| hex4(&mut rest))
                    .filter(|low| {
                        (0xdc00..0xe000).contains(low) && (0xd800..0xdc00).contains(&high)
                    });
                let code = if let Some(low) = low {
                    chars = rest;
                    0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00)
                } else {
                    high
                };
                out.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            Some(other) => out.push(other),
            None => {}
        }
    }
    out
}

fn hex4(chars: &mut std::str::Chars<'_>) -> u32 {
    chars.take(4).fold(0, |code, digit| code * 16 + digit.to_digit(16).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn valid(text: &str) -> bool {
        let Ok(mut reader) = Reader::new(text.as_bytes()) else { return false };
        reader.skip().is_ok() && reader.at_end()
    }

    #[test]
    fn agrees_with_serde_json_on_what_is_json() {
        for text in [
            "{}",
            "[]",
            "{\"a\":1}",
            "{\"a\":1,}",
            "[1,]",
            "[,1]",
            "{,}",
            "01",
            "-",
            "-0",
            "1.",
            ".5",
            "1e",
            "1e+5",
            "1E-5",
            "true",
            "tru",
            "nulll",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\\u00e4\"",
            "{\"a\" 1}",
            "{\"a\":}",
            "{a:1}",
            "",
            " ",
            "[1 2]",
            "{\"a\":1 \"b\":2}",
            "\"a\nb\"",
            "[[[]]]",
            "{\"a\":{\"b\":[1,2,{\"c\":null}]}}",
            "1 2",
        ] {
            let serde = serde_json::from_str::<serde_json::Value>(text).is_ok();
            assert_eq!(valid(text), serde, "{text}");
        }
    }

    #[test]
    fn decodes_escapes() {
        for (raw, decoded) in [
            (r#""a\tb""#, "a\tb"),
            (r#""\u00e4""#, "ä"),
            (r#""\ud83d\ude00!""#, "😀!"),
            (r#""\"\\\/""#, "\"\\/"),
        ] {
            let mut reader = Reader::new(raw.as_bytes()).unwrap();
            assert_eq!(reader.string().unwrap().decoded(), decoded);
        }
    }

    proptest! {
        #[test]
        fn strings_survive(text in any::<String>()) {
            let json = serde_json::to_string(&text).unwrap();
            let mut reader = Reader::new(json.as_bytes()).unwrap();
            prop_assert_eq!(reader.string().unwrap().decoded(), text);
            prop_assert!(reader.at_end());
        }
    }
}
