//! The envelope of a CloudWatch Logs subscription (lambda-transform reference, §5).

use std::borrow::Cow;
use std::fmt;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize};

/// An envelope, borrowed from its JSON; members that it does not name are left out.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Envelope<'a> {
    /// `DATA_MESSAGE` or `CONTROL_MESSAGE`.
    #[serde(borrow)]
    pub message_type: Cow<'a, str>,
    /// The account that owns the log group.
    #[serde(borrow, default)]
    pub owner: Cow<'a, str>,
    /// The log group.
    #[serde(borrow, default)]
    pub log_group: Cow<'a, str>,
    /// The log stream.
    #[serde(borrow, default)]
    pub log_stream: Cow<'a, str>,
    /// The filters that matched.
    #[serde(borrow, default)]
    pub subscription_filters: Vec<Cow<'a, str>>,
    /// The events.
    #[serde(borrow, default)]
    pub log_events: Vec<EnvelopeEvent<'a>>,
}

/// One event of an envelope.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct EnvelopeEvent<'a> {
    /// AWS's id of the event: text. Emulators such as moto send a number, which no function that only
    /// reads the message minds, so it is taken as its digits.
    #[serde(borrow, deserialize_with = "text_or_number")]
    pub id: Cow<'a, str>,
    /// Milliseconds since 1970.
    pub timestamp: i64,
    /// The text.
    #[serde(borrow)]
    pub message: Cow<'a, str>,
}

impl<'a> Envelope<'a> {
    /// Reads an envelope; `None` when the bytes are no such JSON.
    #[must_use]
    pub fn read(json: &'a [u8]) -> Option<Self> {
        serde_json::from_slice(json).ok()
    }

    /// Whether AWS only tests the destination with it.
    #[must_use]
    pub fn is_control(&self) -> bool {
        self.message_type == "CONTROL_MESSAGE"
    }

    /// Whether it carries log events.
    #[must_use]
    pub fn is_data(&self) -> bool {
        self.message_type == "DATA_MESSAGE"
    }

    /// The same envelope with these events alone.
    #[must_use]
    pub fn with_events(&self, log_events: Vec<EnvelopeEvent<'a>>) -> Self {
        Self { log_events, ..self.shell() }
    }

    fn shell(&self) -> Self {
        Self {
            message_type: self.message_type.clone(),
            owner: self.owner.clone(),
            log_group: self.log_group.clone(),
            log_stream: self.log_stream.clone(),
            subscription_filters: self.subscription_filters.clone(),
            log_events: Vec::new(),
        }
    }
}

/// Text, borrowed where it can be, or the digits of a number.
fn text_or_number<'de, D: Deserializer<'de>>(from: D) -> Result<Cow<'de, str>, D::Error> {
    struct Either;

    impl<'de> Visitor<'de> for Either {
        type Value = Cow<'de, str>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("text or a number")
        }

        fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
            Ok(Cow::Borrowed(text))
        }

        fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
            Ok(Cow::Owned(text.to_owned()))
        }

        fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
            Ok(Cow::Owned(number.to_string()))
        }
    }

    from.deserialize_any(Either)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_may_be_a_number() {
        let read = |id: &str| {
            let json = format!(
                r#"{{"messageType":"DATA_MESSAGE","logEvents":[{{"id":{id},"timestamp":1,"message":"m"}}]}}"#
            );
            Envelope::read(json.as_bytes()).map(|it| it.log_events[0].id.clone().into_owned())
        };
        assert_eq!(read("\"37\"").as_deref(), Some("37"));
        assert_eq!(read("776").as_deref(), Some("776"));
        assert_eq!(read(r#""a\tb""#).as_deref(), Some("a\tb"));
        assert_eq!(read("null"), None);
    }
}
