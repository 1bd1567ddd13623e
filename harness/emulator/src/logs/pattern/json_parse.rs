//! The grammar of JSON patterns: `{ $.a.b = 1 && ($.c IS NULL || $.d[*].e NOT EXISTS) }`.

use winnow::Result;
use winnow::ascii::{Caseless, digit1, multispace0, multispace1};
use winnow::combinator::{alt, delimited, preceded, repeat};
use winnow::prelude::*;
use winnow::token::{take_till, take_while};

use super::PatternError;
use super::ast::{Expr, Operand};
use super::json::{Condition, JsonPattern, Selector, Step, Test};
use super::parse::{comparison, expression, spaced};
use super::regex::REGEXES_MAX;

/// The most selectors with a wildcard in one pattern, and the most wildcards in one selector.
const WILDCARD_SELECTORS_MAX: usize = 3;
const WILDCARDS_MAX: usize = 1;

/// Reads a pattern that begins with `{`.
pub(super) fn pattern(text: &str) -> Result<JsonPattern, PatternError> {
    let expr =
        delimited('{', expression(atom), '}').parse(text).map_err(|_| PatternError::Syntax)?;
    let (mut regexes, mut wildcards, mut worst) = (0, 0, 0);
    expr.each(&mut |condition: &Condition| {
        let stars = condition.selector.wildcards();
        worst = worst.max(stars);
        wildcards += usize::from(stars > 0);
        regexes += usize::from(matches!(condition.test, Test::Compare(_, Operand::Regex(_))));
    });
    if worst > WILDCARDS_MAX {
        return Err(PatternError::Syntax);
    }
    if wildcards > WILDCARD_SELECTORS_MAX {
        return Err(PatternError::TooManyWildcards);
    }
    if regexes > REGEXES_MAX {
        return Err(PatternError::TooManyRegexes);
    }
    Ok(JsonPattern::new(expr, regexes))
}

fn atom(input: &mut &str) -> Result<Expr<Condition>> {
    let group = delimited('(', expression(atom), ')');
    alt((group, condition.map(Expr::One))).parse_next(input)
}

fn condition(input: &mut &str) -> Result<Condition> {
    let selector = selector(input)?;
    let is = |word| (multispace1, Caseless("IS"), multispace1, Caseless(word));
    let test = alt((
        is("NULL").value(Test::IsNull),
        is("TRUE").value(Test::Is(true)),
        is("FALSE").value(Test::Is(false)),
        (multispace1, Caseless("NOT"), multispace1, Caseless("EXISTS")).value(Test::NotExists),
        preceded(multispace0, comparison).map(|(op, operand)| Test::Compare(op, operand)),
    ))
    .parse_next(input)?;
    Ok(Condition { selector, test })
}

fn selector(input: &mut &str) -> Result<Selector> {
    let steps = preceded('$', repeat(1.., step));
    steps.map(|steps: Vec<Step>| Selector { steps }).parse_next(input)
}

fn step(input: &mut &str) -> Result<Step> {
    let name = take_while(1.., |c: char| c.is_alphanumeric() || matches!(c, '_' | '-'));
    let quoted = delimited("['", take_till(1.., '\''), "']");
    let index = delimited('[', spaced(digit1).try_map(str::parse), ']');
    alt((
        ".*".value(Step::Members),
        preceded(".", quoted).map(|name: &str| Step::Member(name.to_owned())),
        preceded('.', name).map(|name: &str| Step::Member(name.to_owned())),
        "[*]".value(Step::Elements),
        index.map(Step::Index),
    ))
    .parse_next(input)
}
