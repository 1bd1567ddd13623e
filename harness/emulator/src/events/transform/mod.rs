//! What a target gets of an event: the whole, a part, a constant, or what a template makes of it.

mod path;
mod template;

use serde_json::Value;

pub(super) use path::Path;
pub(super) use template::{Facts, Template};

/// What a target gets.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Input {
    /// The event, byte for byte.
    Whole,
    /// This text (`Input`).
    Constant(String),
    /// What lies at a path of the event (`InputPath`).
    Part(Path),
    /// What a template makes of it (`InputTransformer`).
    Made(Template),
}

impl Input {
    /// The text for a target; `None` when it is the event's own.
    pub(super) fn text(&self, event: &Value, facts: &Facts<'_>) -> Option<String> {
        match self {
            Self::Whole => None,
            Self::Constant(text) => Some(text.clone()),
            // What is not there is null: AWS documents it for templates only.
            Self::Part(path) => {
                Some(path.find(event).map_or_else(|| "null".to_owned(), |value| value.to_string()))
            }
            Self::Made(template) => Some(template.fill(event, facts)),
        }
    }

    /// Whether the text is no longer the event's own.
    pub(super) fn is_made(&self) -> bool {
        matches!(self, Self::Constant(_) | Self::Made(_))
    }
}
