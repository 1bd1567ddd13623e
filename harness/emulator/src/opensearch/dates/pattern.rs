//! Java's date patterns, as far as log formats use them.

use super::civil::Civil;
use super::zone::parse_zone;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// One element of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Item {
    /// Digits of a field, at least and at most so many.
    Digits(Field, usize, usize),
    /// `Jan` to `Dec`.
    MonthName,
    /// A fraction of a second with so many digits, at least and at most.
    Fraction(usize, usize),
    /// `Z` or an offset.
    Zone,
    /// These characters.
    Literal(String),
    /// Either all of these or nothing.
    Optional(Vec<Item>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
}

/// A compiled pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern(Vec<Item>);

/// What a text said, before the gaps are filled.
#[derive(Debug, Clone, Copy, Default)]
struct Parts {
    year: Option<i64>,
    month: Option<u32>,
    day: Option<u32>,
    hour: Option<u32>,
    minute: Option<u32>,
    second: Option<u32>,
    milli: Option<u32>,
    zone: Option<i64>,
}

impl Parts {
    /// Milliseconds since 1970. What the text leaves out is the first, or with `up` the last, of
    /// its kind; month and day are always the first, as in OpenSearch.
    fn resolve(self, up: bool, zone_ms: i64) -> Option<i64> {
        let last = |value: u32| if up { value } else { 0 };
        let local = Civil {
            year: self.year.unwrap_or(1970),
            month: self.month.unwrap_or(1),
            day: self.day.unwrap_or(1),
            hour: self.hour.unwrap_or(last(23)),
            minute: self.minute.unwrap_or(last(59)),
            second: self.second.unwrap_or(last(59)),
            milli: self.milli.unwrap_or(last(999)),
        };
        Some(local.ms()? - self.zone.unwrap_or(zone_ms))
    }
}

impl Pattern {
    /// Compiles a Java pattern; the error is the letter or bracket that is not known.
    pub(super) fn compile(pattern: &str) -> Result<Self, String> {
        let mut chars = pattern.chars().peekable();
        let (items, closed) = compile(&mut chars)?;
        if closed { Err("]".to_owned()) } else { Ok(Self(items)) }
    }

    /// Milliseconds since 1970 of a text that is in this pattern from end to end.
    pub(super) fn parse(&self, text: &str, up: bool, zone_ms: i64) -> Option<i64> {
        let mut parts = Parts::default();
        let rest = parse(&self.0, text, &mut parts)?;
        if rest.is_empty() { parts.resolve(up, zone_ms) } else { None }
    }

    /// Prints these milliseconds since 1970, at this offset.
    pub(super) fn print(&self, ms: i64, zone_ms: i64) -> String {
        let mut out = String::new();
        print(&self.0, Civil::from_ms(ms + zone_ms), zone_ms, &mut out);
        out
    }
}

type Chars<'a> = std::iter::Peekable<std::str::Chars<'a>>;

/// Items up to the end or a closing bracket, and which of the two it was.
fn compile(chars: &mut Chars<'_>) -> Result<(Vec<Item>, bool), String> {
    let mut items = Vec::new();
    while let Some(c) = chars.next() {
        match c {
            ']' => return Ok((items, true)),
            '[' => {
                let (inner, closed) = compile(chars)?;
                if !closed {
                    return Err("[".to_owned());
                }
                items.push(Item::Optional(inner));
            }
            '\'' => items.push(Item::Literal(quoted(chars))),
            'a'..='z' | 'A'..='Z' => {
                let mut count = 1;
                while chars.next_if_eq(&c).is_some() {
                    count += 1;
                }
                items.push(letter(c, count)?);
            }
            other => items.push(Item::Literal(other.to_string())),
        }
    }
    Ok((items, false))
}

fn quoted(chars: &mut Chars<'_>) -> String {
    let mut text: String = chars.by_ref().take_while(|c| *c != '\'').collect();
    if text.is_empty() {
        text.push('\'');
    }
    text
}

fn letter(letter: char, count: usize) -> Result<Item, String> {
    let exact = |field| match count {
        1 => Item::Digits(field, 1, 2),
        _ => Item::Digits(field, count, count),
    };
    match letter {
        'y' | 'u' if count == 1 => Ok(Item::Digits(Field::Year, 1, 9)),
        'y' | 'u' => Ok(Item::Digits(Field::Year, count, count)),
        'M' | 'L' if count == 3 => Ok(Item::MonthName),
        'M' | 'L' if count < 3 => Ok(exact(Field::Month)),
        'd' => Ok(exact(Field::Day)),
        'H' => Ok(exact(Field::Hour)),
        'm' => Ok(exact(Field::Minute)),
        's' => Ok(exact(Field::Second)),
        'S' => Ok(Item::Fraction(count, count)),
        'n' => Ok(Item::Fraction(1, 9)),
        'Z' | 'X' | 'x' | 'z' | 'V' | 'O' => Ok(Item::Zone),
        other => Err(other.to_string()),
    }
}

fn parse<'a>(items: &[Item], text: &'a str, parts: &mut Parts) -> Option<&'a str> {
    let Some((item, later)) = items.split_first() else { return Some(text) };
    match item {
        Item::Literal(literal) => parse(later, text.strip_prefix(literal.as_str())?, parts),
        Item::Optional(inner) => {
            let mut with = *parts;
            if let Some(rest) = parse(inner, text, &mut with)
                && let Some(rest) = parse(later, rest, &mut with)
            {
                *parts = with;
                return Some(rest);
            }
            parse(later, text, parts)
        }
        Item::MonthName => {
            let month = MONTHS.iter().position(|name| text.starts_with(name))?;
            parts.month = u32::try_from(month + 1).ok();
            parse(later, &text[3..], parts)
        }
        Item::Zone => {
            let end = text
                .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | ':' | '/')))
                .unwrap_or(text.len());
            parts.zone = Some(parse_zone(&text[..end])?);
            parse(later, &text[end..], parts)
        }
        Item::Fraction(least, most) => {
            let digits = digits(text, *least, *most)?;
            let milli: String = digits.chars().chain("00".chars()).take(3).collect();
            parts.milli = milli.parse().ok();
            parse(later, &text[digits.len()..], parts)
        }
        Item::Digits(field, least, most) => {
            let digits = digits(text, *least, *most)?;
            let value: u32 = digits.parse().ok()?;
            match field {
                Field::Year if *most == 2 => parts.year = Some(2000 + i64::from(value)),
                Field::Year => parts.year = Some(i64::from(value)),
                Field::Month => parts.month = Some(value),
                Field::Day => parts.day = Some(value),
                Field::Hour => parts.hour = Some(value),
                Field::Minute => parts.minute = Some(value),
                Field::Second => parts.second = Some(value),
            }
            parse(later, &text[digits.len()..], parts)
        }
    }
}

fn digits(text: &str, least: usize, most: usize) -> Option<&str> {
    let count = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    (count >= least).then(|| &text[..count])
}

fn print(items: &[Item], at: Civil, zone_ms: i64, out: &mut String) {
    for item in items {
        match item {
            Item::Literal(literal) => out.push_str(literal),
            Item::Optional(inner) => print(inner, at, zone_ms, out),
            Item::MonthName => out.push_str(MONTHS[(at.month as usize).saturating_sub(1) % 12]),
            Item::Zone if zone_ms == 0 => out.push('Z'),
            Item::Zone => {
                let minutes = zone_ms.abs() / 60_000;
                let sign = if zone_ms < 0 { '-' } else { '+' };
                out.push_str(&format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60));
            }
            Item::Fraction(_, most) => {
                let digits = format!("{:03}000000", at.milli);
                let width = if *most == 9 { 3 } else { *most };
                out.push_str(&digits[..width.min(9)]);
            }
            Item::Digits(field, least, _) => {
                let value = match field {
                    Field::Year if *least == 2 => at.year.rem_euclid(100),
                    Field::Year => at.year,
                    Field::Month => i64::from(at.month),
                    Field::Day => i64::from(at.day),
                    Field::Hour => i64::from(at.hour),
                    Field::Minute => i64::from(at.minute),
                    Field::Second => i64::from(at.second),
                };
                out.push_str(&format!("{value:0least$}"));
            }
        }
    }
}
