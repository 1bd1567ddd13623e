//! The grammar of patterns over fields between spaces: `[ip, ..., status >= 400, bytes]`.

use winnow::Result;
use winnow::combinator::{alt, delimited, fail, opt, separated};
use winnow::prelude::*;

use super::PatternError;
use super::ast::Expr;
use super::condition::Condition;
use super::parse::{comparison, expression, spaced, word};
use super::regex::REGEXES_MAX;
use super::space::{Field, SpacePattern};

/// What stands between two commas.
enum Item<'s> {
    Rest,
    Field(&'s str, Option<Expr<(&'s str, Condition)>>),
}

/// Reads a pattern that begins with `[`.
///
/// A comma before the closing bracket, which AWS's guide once showed, is refused: whether it is
/// still taken is not known.
pub(super) fn pattern(text: &str) -> Result<SpacePattern, PatternError> {
    let items = delimited('[', spaced(separated(0.., spaced(item), ',')), ']');
    let items: Vec<Item<'_>> = { items }.parse(text).map_err(|_| PatternError::Syntax)?;
    let mut pattern = SpacePattern::default();
    for item in items {
        match item {
            Item::Rest if pattern.rest_at.is_some() => {
                return Err(PatternError::DuplicateField("...".to_owned()));
            }
            Item::Rest => pattern.rest_at = Some(pattern.fields.len()),
            Item::Field(name, condition) => {
                if pattern.fields.iter().any(|field| field.name == name) {
                    return Err(PatternError::DuplicateField(name.to_owned()));
                }
                let condition = condition.map(|expr| own(name, expr)).transpose()?;
                pattern.fields.push(Field { name: name.to_owned(), condition });
            }
        }
    }
    if pattern.regexes() > REGEXES_MAX {
        return Err(PatternError::TooManyRegexes);
    }
    Ok(pattern)
}

/// The conditions of a field, which all have to repeat the field's own name.
fn own(name: &str, expr: Expr<(&str, Condition)>) -> Result<Expr<Condition>, PatternError> {
    let each = |parts: Vec<Expr<(&str, Condition)>>| {
        parts.into_iter().map(|part| own(name, part)).collect::<Result<Vec<_>, _>>()
    };
    match expr {
        Expr::All(parts) => each(parts).map(Expr::All),
        Expr::Any(parts) => each(parts).map(Expr::Any),
        Expr::One((of, condition)) if of == name => Ok(Expr::One(condition)),
        Expr::One(_) => Err(PatternError::Syntax),
    }
}

fn item<'s>(input: &mut &'s str) -> Result<Item<'s>> {
    alt(("...".map(|_| Item::Rest), field)).parse_next(input)
}

fn field<'s>(input: &mut &'s str) -> Result<Item<'s>> {
    let start = *input;
    if let Some(expr) = opt(expression(condition)).parse_next(input)? {
        let Some(name) = first_name(&expr) else { return fail(input) };
        return Ok(Item::Field(name, Some(expr)));
    }
    *input = start;
    word.map(|name| Item::Field(name, None)).parse_next(input)
}

fn first_name<'s>(expr: &Expr<(&'s str, Condition)>) -> Option<&'s str> {
    let mut first = None;
    expr.each(&mut |(name, _)| {
        first.get_or_insert(*name);
    });
    first
}

fn condition<'s>(input: &mut &'s str) -> Result<Expr<(&'s str, Condition)>> {
    (word, spaced(comparison))
        .map(|(name, (op, operand))| Expr::One((name, Condition { op, operand })))
        .parse_next(input)
}
