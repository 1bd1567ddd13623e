//! A pattern, parsed.

use super::cidr::Cidr;
use super::glob::Glob;
use super::number::Number;
use super::text::Folded;

/// What an object of an event has to be like: all fields, and one alternative of every `$or`.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Node {
    /// The fields, and what each has to be like.
    pub(super) fields: Vec<(String, Field)>,
    /// The alternatives of every `$or`.
    pub(super) any_of: Vec<Vec<Node>>,
    /// Whether nothing but absence is asked for, here and below.
    pub(super) only_absence: bool,
}

/// What one field has to be like.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Field {
    /// An object, or one in an array.
    Inside(Node),
    /// A value that one of these tests admits.
    Leaf(Vec<Test>),
}

/// One alternative for a value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Test {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, by its value.
    Number(Number),
    /// Exactly this text.
    Text(String),
    /// A text of this form.
    Form(Form),
    /// Anything but these.
    AnythingBut(Vec<Unwanted>),
    /// A number in this range.
    Range(Range),
    /// There is a value.
    Exists,
    /// There is no value.
    Absent,
    /// A text that is an address in this block.
    Cidr(Cidr),
}

/// The forms of texts.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Form {
    /// Begins with this.
    Prefix(String),
    /// Ends with this.
    Suffix(String),
    /// Is this but for case.
    Same(Folded),
    /// Begins with this but for case.
    SamePrefix(Folded),
    /// Ends with this but for case.
    SameSuffix(Folded),
    /// Is of this form.
    Wildcard(Glob),
}

/// What `anything-but` does not want.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Unwanted {
    /// This text.
    Text(String),
    /// This number.
    Number(Number),
    /// A text of this form.
    Form(Form),
}

/// A range of numbers: one or two bounds, or one value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Range {
    /// The lower bound, and whether it belongs to the range.
    pub(super) bottom: Option<(Number, bool)>,
    /// The upper bound, and whether it belongs to the range.
    pub(super) top: Option<(Number, bool)>,
}
