//! The part of Java's `DateTimeFormatter` patterns that prefixes use.

use jiff::Zoned;

/// A pattern that is not understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// A letter of Java's that has no meaning here.
    #[error("the letter '{0}' of a timestamp pattern is not supported")]
    Letter(char),
    /// A single quote that is never closed.
    #[error("a single quote of a timestamp pattern is not closed")]
    Quote,
}

/// Writes `when` by a pattern: runs of letters are fields, text in single quotes is itself, two
/// single quotes are one, all else is itself.
///
/// # Errors
/// When the pattern has a letter that is not supported, or an open quote.
pub fn write_date(out: &mut String, pattern: &str, when: &Zoned) -> Result<(), DateError> {
    let mut rest = pattern;
    while let Some(first) = rest.chars().next() {
        if first == '\'' {
            rest = quoted(out, &rest[1..])?;
        } else if first.is_ascii_alphabetic() {
            let run = rest.chars().take_while(|c| *c == first).count();
            field(out, first, run, when)?;
            rest = &rest[run..];
        } else {
            out.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    Ok(())
}

/// Writes what follows an opening quote; what is left behind the closing one.
fn quoted<'a>(out: &mut String, rest: &'a str) -> Result<&'a str, DateError> {
    let end = rest.find('\'').ok_or(DateError::Quote)?;
    out.push_str(if end == 0 { "'" } else { &rest[..end] });
    Ok(&rest[end + 1..])
}

fn field(out: &mut String, letter: char, run: usize, when: &Zoned) -> Result<(), DateError> {
    use std::fmt::Write;
    let number: i64 = match letter {
        'y' | 'u' if run == 2 => i64::from(when.year().rem_euclid(100)),
        'y' | 'u' => i64::from(when.year()),
        'Y' => i64::from(when.date().iso_week_date().year()),
        'w' => i64::from(when.date().iso_week_date().week()),
        'M' | 'L' if run >= 3 => {
            let name = when.strftime(if run == 3 { "%b" } else { "%B" }).to_string();
            out.push_str(&name);
            return Ok(());
        }
        'M' | 'L' => i64::from(when.month()),
        'd' => i64::from(when.day()),
        'D' => i64::from(when.day_of_year()),
        'E' => {
            let name = when.strftime(if run <= 3 { "%a" } else { "%A" }).to_string();
            out.push_str(&name);
            return Ok(());
        }
        'H' => i64::from(when.hour()),
        'h' => match when.hour() % 12 {
            0 => 12,
            hour => i64::from(hour),
        },
        'a' => {
            out.push_str(if when.hour() < 12 { "AM" } else { "PM" });
            return Ok(());
        }
        'm' => i64::from(when.minute()),
        's' => i64::from(when.second()),
        'S' => {
            let nanoseconds = format!("{:09}", when.subsec_nanosecond());
            out.push_str(&nanoseconds[..run.min(9)]);
            return Ok(());
        }
        other => return Err(DateError::Letter(other)),
    };
    let _ = write!(out, "{number:0run$}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_the_fields_of_prefixes() {
        let when: Zoned = "2026-07-03T04:05:06.789Z[UTC]".parse().expect("a moment");
        for (pattern, expected) in [
            ("yyyy/MM/dd/HH/", "2026/07/03/04/"),
            ("'year='yyyy'/month='MM", "year=2026/month=07"),
            ("yy-M-d H:m:s.SSS", "26-7-3 4:5:6.789"),
            ("DDD", "184"),
            ("EEE, MMM", "Fri, Jul"),
            ("hh a", "04 AM"),
            ("''", "'"),
            ("YYYY-'W'ww", "2026-W27"),
        ] {
            let mut out = String::new();
            assert_eq!(write_date(&mut out, pattern, &when), Ok(()), "{pattern}");
            assert_eq!(out, expected, "{pattern}");
        }
        let mut out = String::new();
        assert_eq!(write_date(&mut out, "qqq", &when), Err(DateError::Letter('q')));
        assert_eq!(write_date(&mut out, "'open", &when), Err(DateError::Quote));
    }
}
