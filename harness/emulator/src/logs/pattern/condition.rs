//! One condition on a field between spaces.

use super::ast::{Op, Operand, number};

/// One condition on a field between spaces.
#[derive(Debug, Clone)]
pub(super) struct Condition {
    pub(super) op: Op,
    pub(super) operand: Operand,
}

impl Condition {
    /// Whether it holds: as numbers when both sides are numbers, else as text.
    pub(super) fn holds(&self, field: &str) -> bool {
        let expected = match &self.operand {
            Operand::Literal(literal) => literal.number,
            Operand::Regex(_) => None,
        };
        match expected.zip(number(field)) {
            Some((expected, actual)) => self.op.numbers(actual, expected),
            None => self.op.alike(self.operand.matches(field)),
        }
    }
}
