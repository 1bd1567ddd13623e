//! Lines of text, with or without colour.

use super::TextOptions;

/// What a piece of text is; a terminal shows it by colour and weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    Plain,
    Strong,
    Quiet,
    Good,
    Warn,
    Bad,
}

impl Tone {
    const fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Strong => "1",
            Self::Quiet => "2",
            Self::Good => "32",
            Self::Warn => "33",
            Self::Bad => "1;31",
        }
    }
}

/// Collects lines. Widths are counted on the bare text, so colour never moves anything.
pub(super) struct Paint<'a> {
    pub(super) options: &'a TextOptions,
    text: String,
}

impl<'a> Paint<'a> {
    pub(super) const fn new(options: &'a TextOptions) -> Self {
        Self { options, text: String::new() }
    }

    pub(super) fn width(&self) -> usize {
        self.options.width.max(60)
    }

    pub(super) fn put(&mut self, tone: Tone, piece: &str) -> &mut Self {
        if self.options.colour && tone != Tone::Plain && !piece.trim().is_empty() {
            self.text.push_str("\u{1b}[");
            self.text.push_str(tone.code());
            self.text.push('m');
            self.text.push_str(piece);
            self.text.push_str("\u{1b}[0m");
        } else {
            self.text.push_str(piece);
        }
        self
    }

    pub(super) fn end(&mut self) {
        while self.text.ends_with(' ') {
            self.text.pop();
        }
        self.text.push('\n');
    }

    pub(super) fn blank(&mut self) {
        self.text.push('\n');
    }

    pub(super) fn finish(self) -> String {
        self.text
    }
}
