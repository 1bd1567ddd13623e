//! How the terminal wants it.

/// How the terminal wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextOptions {
    /// Whether to colour with ANSI escapes; off by default, and off when it is not a terminal.
    pub colour: bool,
    /// The widest line, in columns; 100 by default, and never taken as less than 60.
    pub width: usize,
    /// Where the full report lies, for the last line.
    pub report: Option<String>,
}

impl Default for TextOptions {
    fn default() -> Self {
        Self { colour: false, width: 100, report: None }
    }
}
