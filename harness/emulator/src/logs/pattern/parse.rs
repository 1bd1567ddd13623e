//! The grammar that JSON patterns and patterns over fields have in common.

use winnow::Result;
use winnow::ascii::multispace0;
use winnow::combinator::{alt, delimited, fail, separated};
use winnow::error::ContextError;
use winnow::prelude::*;
use winnow::token::{any, take_till, take_while};

use super::ast::{Expr, Literal, Op, Operand};
use super::regex::PatternRegex;
use super::terms::quoted;

/// `parser` with whitespace on both sides.
pub(super) fn spaced<'s, O>(
    parser: impl Parser<&'s str, O, ContextError>,
) -> impl Parser<&'s str, O, ContextError> {
    delimited(multispace0, parser, multispace0)
}

/// Atoms joined by `&&`, which binds tighter, and `||`.
pub(super) fn expression<'s, C>(
    atom: fn(&mut &'s str) -> Result<Expr<C>>,
) -> impl FnMut(&mut &'s str) -> Result<Expr<C>> {
    move |input| {
        let all = separated(1.., spaced(atom), "&&").map(|parts| join(parts, Expr::All));
        separated(1.., all, "||").map(|parts| join(parts, Expr::Any)).parse_next(input)
    }
}

fn join<C>(mut parts: Vec<Expr<C>>, with: fn(Vec<Expr<C>>) -> Expr<C>) -> Expr<C> {
    match (parts.pop(), parts.is_empty()) {
        (Some(only), true) => only,
        (Some(last), false) => {
            parts.push(last);
            with(parts)
        }
        (None, _) => with(parts),
    }
}

/// `= != < <= > >=`.
pub(super) fn op(input: &mut &str) -> Result<Op> {
    alt((
        "!=".value(Op::Ne),
        "<=".value(Op::Le),
        ">=".value(Op::Ge),
        "=".value(Op::Eq),
        "<".value(Op::Lt),
        ">".value(Op::Gt),
    ))
    .parse_next(input)
}

/// A comparison and what is compared with. Only numbers have an order, and `null` is not compared
/// with: it has an operator of its own.
pub(super) fn comparison(input: &mut &str) -> Result<(Op, Operand)> {
    let op = op(input)?;
    multispace0.void().parse_next(input)?;
    let operand = operand(input)?;
    let fits = match &operand {
        Operand::Literal(literal) => {
            let is_null = !literal.quoted && literal.text == "null";
            let is_number = literal.number.is_some() && !literal.quoted;
            !is_null && (is_number || !op.is_order())
        }
        Operand::Regex(_) => !op.is_order(),
    };
    if fits { Ok((op, operand)) } else { fail(input) }
}

fn operand(input: &mut &str) -> Result<Operand> {
    alt((regex.map(Operand::Regex), literal.map(Operand::Literal))).parse_next(input)
}

fn regex(input: &mut &str) -> Result<PatternRegex> {
    delimited('%', take_till(1.., '%'), '%')
        .verify_map(|text: &str| PatternRegex::new(text).ok())
        .parse_next(input)
}

fn literal(input: &mut &str) -> Result<Literal> {
    let in_quotes = quoted_text.map(|text| Literal::new(text, true));
    let bare = take_while(1.., |c: char| c.is_ascii_alphanumeric() || "_.*+-".contains(c));
    alt((in_quotes, bare.map(|text: &str| Literal::new(text.to_owned(), false)))).parse_next(input)
}

/// Text in double quotes.
pub(super) fn quoted_text(input: &mut &str) -> Result<String> {
    any.verify(|first| *first == '"').parse_next(input)?;
    let Some((text, after)) = quoted(input) else { return fail(input) };
    *input = after;
    Ok(text)
}

/// A word of letters, digits and underscores.
pub(super) fn word<'s>(input: &mut &'s str) -> Result<&'s str> {
    take_while(1.., |c: char| c.is_ascii_alphanumeric() || c == '_').parse_next(input)
}
