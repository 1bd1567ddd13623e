//! The format of a flow log: which fields a line has, and in what order.

use std::fmt;
use std::str::FromStr;

use crate::meant::meant;

use super::field::{FIELDS, Field};

/// The version whose fields only flow logs of transit gateways have.
const TRANSIT_GATEWAY: u8 = 6;
/// Fields of the default format: the first ones of the table, in its order.
const DEFAULT: usize = 14;

/// The format of a flow log, as `CreateFlowLogs` takes it: `${version} ${account-id} …`.
///
/// Field names may be given without `${}` as well. The default is version 2 with 14 fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlowFormat {
    /// Places in the table of fields.
    fields: Vec<u8>,
}

/// A format that cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FlowFormatError {
    /// There is no such field.
    #[error("a flow log has no field '{field}'{hint}")]
    Unknown {
        /// What was asked for.
        field: String,
        /// What may have been meant, as `; did you mean 'srcaddr'?`, or nothing.
        hint: String,
    },
    /// Only a transit gateway has it.
    #[error(
        "the field '{0}' is one of transit gateway flow logs: a flow log of a VPC cannot have it"
    )]
    TransitGateway(String),
    /// A field stands in the format twice.
    #[error("the field '{0}' is in the format twice: name each field once")]
    Twice(String),
    /// There are no fields.
    #[error("the format has no fields: name some, such as ${{srcaddr}} ${{dstaddr}}")]
    Empty,
}

impl Default for FlowFormat {
    fn default() -> Self {
        Self { fields: (0..DEFAULT as u8).collect() }
    }
}

impl FlowFormat {
    /// True for the 14 fields of version 2 in their order.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// The highest version among the fields: what `${version}` prints.
    #[must_use]
    pub fn version(&self) -> u8 {
        self.entries().map(|(_, version, _)| *version).max().unwrap_or(2)
    }

    /// The names of the fields in their order.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.entries().map(|(name, _, _)| *name)
    }

    pub(crate) fn fields(&self) -> impl Iterator<Item = Field> {
        self.entries().map(|(_, _, field)| *field)
    }

    fn entries(&self) -> impl Iterator<Item = &'static (&'static str, u8, Field)> {
        self.fields.iter().filter_map(|place| FIELDS.get(*place as usize))
    }
}

impl fmt::Display for FlowFormat {
    /// As the API echoes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nth, name) in self.names().enumerate() {
            write!(f, "{}${{{name}}}", if nth == 0 { "" } else { " " })?;
        }
        Ok(())
    }
}

impl FromStr for FlowFormat {
    type Err = FlowFormatError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.trim() == "default" {
            return Ok(Self::default());
        }
        // `${a}${b}` without a space is two fields to the service.
        let spaced = text.replace("}${", "} ${");
        let mut fields = Vec::new();
        for word in spaced.split_whitespace() {
            let name =
                word.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')).unwrap_or(word);
            let Some(place) = FIELDS.iter().position(|(known, _, _)| *known == name) else {
                let hint = meant(name, FIELDS.iter().map(|(known, _, _)| *known));
                return Err(FlowFormatError::Unknown { field: name.to_owned(), hint });
            };
            if FIELDS[place].1 == TRANSIT_GATEWAY {
                return Err(FlowFormatError::TransitGateway(name.to_owned()));
            }
            if fields.contains(&(place as u8)) {
                return Err(FlowFormatError::Twice(name.to_owned()));
            }
            fields.push(place as u8);
        }
        if fields.is_empty() { Err(FlowFormatError::Empty) } else { Ok(Self { fields }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_prints() {
        let default = FlowFormat::default();
        assert!(default.to_string().starts_with("${version} ${account-id} ${interface-id} "));
        assert!(default.to_string().ends_with(" ${end} ${action} ${log-status}"));
        assert_eq!(default.to_string().parse(), Ok(default));
        let custom: FlowFormat = "${vpc-id} srcaddr ${traffic-path}${tcp-flags}".parse().unwrap();
        assert_eq!(custom.version(), 5);
        assert_eq!(custom.to_string(), "${vpc-id} ${srcaddr} ${traffic-path} ${tcp-flags}");
    }

    #[test]
    fn a_wrong_field_is_named_with_a_hint() {
        let error = |text: &str| text.parse::<FlowFormat>().unwrap_err().to_string();
        assert_eq!(
            error("${version} ${scraddr}"),
            "a flow log has no field 'scraddr'; did you mean 'srcaddr'?"
        );
        assert_eq!(error("${colour}"), "a flow log has no field 'colour'");
        assert!(error("${tgw-id}").contains("transit gateway"));
        assert!(error("${start} ${start}").contains("twice"));
        assert!(error("  ").contains("no fields"));
    }
}
