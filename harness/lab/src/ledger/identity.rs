//! The identity of an event, from its text alone.

use tributary_generators::{FlowFormat, identity};
use tributary_vocabulary::{EventId, Source};

/// The fields that tell one flow-log record from every other.
const FIELDS: [&str; 8] =
    ["interface-id", "srcaddr", "dstaddr", "srcport", "dstport", "protocol", "start", "end"];

/// Reads identities out of events of all sources.
#[derive(Debug, Clone, Default)]
pub(crate) struct Identifier {
    /// Where a custom format of flow logs has its telling fields; `None` for the default one.
    columns: Option<Vec<usize>>,
}

/// A format of flow logs in which records cannot be told apart.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the flow-log format lacks {missing}: without it records cannot be followed, so add ${{{missing}}}"
)]
pub struct UntellableFormat {
    /// The field.
    pub missing: &'static str,
}

impl Identifier {
    /// For flow logs of this format.
    ///
    /// # Errors
    /// When it lacks a field without which records cannot be told apart.
    pub(crate) fn new(format: &FlowFormat) -> Result<Self, UntellableFormat> {
        if format.is_default() {
            return Ok(Self::default());
        }
        let names: Vec<&str> = format.names().collect();
        let columns = FIELDS.iter().map(|field| {
            let place = names.iter().position(|name| name == field);
            place.ok_or(UntellableFormat { missing: field })
        });
        Ok(Self { columns: Some(columns.collect::<Result<_, _>>()?) })
    }

    /// The identity of an event; `None` when it cannot be read.
    pub(crate) fn of(&self, message: &str) -> Option<EventId> {
        if message.starts_with('{') {
            return identity(Source::CloudTrail, message)
                .or_else(|| identity(Source::GuardDuty, message));
        }
        let Some(columns) = &self.columns else { return identity(Source::VpcFlowLogs, message) };
        let values: Vec<&str> = message.split(' ').collect();
        let telling: Option<Vec<&str>> =
            columns.iter().map(|column| values.get(*column).copied()).collect();
        Some(EventId::of(telling?.join(" ").as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_custom_format_is_told_by_the_same_fields() {
        let format: FlowFormat = "${vpc-id} ${end} ${start} ${interface-id} ${srcaddr} ${dstaddr} \
             ${srcport} ${dstport} ${protocol} ${action}"
            .parse()
            .unwrap();
        let identifier = Identifier::new(&format).unwrap();
        let line = "vpc-1 20 10 eni-1 10.0.0.1 10.0.0.2 40000 443 6 ACCEPT";
        let id = identifier.of(line);
        assert!(id.is_some());
        assert_eq!(id, identifier.of(&line.replace("ACCEPT", "REJECT").replace("vpc-1", "vpc-2")));
        assert_ne!(id, identifier.of(&line.replace("40000", "40001")));
        assert_eq!(identifier.of("vpc-1 20"), None);
        let poor: FlowFormat = "${srcaddr} ${dstaddr}".parse().unwrap();
        assert_eq!(Identifier::new(&poor).unwrap_err().missing, "interface-id");
    }
}
