//! The format of flow log records (vpc-flow-logs reference, §1).

use super::error::invalid_parameter;
use crate::kernel::ServiceError;

/// The default format, as AWS echoes it.
pub(super) const DEFAULT: &str = "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} \
${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}";

/// All fields of VPC, subnet and interface flow logs, by version from 2 on; version 6 belongs to
/// transit gateways.
const FIELDS: &[&[&str]] = &[
    &[
        "version",
        "account-id",
        "interface-id",
        "srcaddr",
        "dstaddr",
        "srcport",
        "dstport",
        "protocol",
        "packets",
        "bytes",
        "start",
        "end",
        "action",
        "log-status",
    ],
    &["vpc-id", "subnet-id", "instance-id", "tcp-flags", "type", "pkt-srcaddr", "pkt-dstaddr"],
    &["region", "az-id", "sublocation-type", "sublocation-id"],
    &["pkt-src-aws-service", "pkt-dst-aws-service", "flow-direction", "traffic-path"],
    &[],
    &[
        "ecs-cluster-arn",
        "ecs-cluster-name",
        "ecs-container-instance-arn",
        "ecs-container-instance-id",
        "ecs-container-id",
        "ecs-second-container-id",
        "ecs-service-name",
        "ecs-task-definition-arn",
        "ecs-task-arn",
        "ecs-task-id",
    ],
    &["reject-reason"],
    &["resource-id"],
    &["encryption-status"],
    &[
        "instance-tag",
        "instance-tag-2",
        "interface-tag",
        "interface-tag-2",
        "asg-tag",
        "asg-tag-2",
        "interface-type",
        "next-hop-interface-id",
        "next-hop-subnet-id",
        "next-hop-az-id",
        "next-hop-vpc-id",
        "next-hop-interface-type",
    ],
];

/// A format: which field is where in a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LogFormat {
    /// As it was given.
    pub(super) text: String,
    /// The names of the fields, as the first line of a file has them.
    pub(super) header: String,
    action: Option<usize>,
    end: Option<usize>,
}

impl LogFormat {
    /// Reads a format.
    ///
    /// # Errors
    /// `InvalidParameter`, with AWS's words for a text of the wrong shape.
    pub(super) fn parse(text: &str) -> Result<Self, ServiceError> {
        let mut names: Vec<&str> = Vec::new();
        for token in text.split(' ') {
            let name = token.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
            let Some(name) = name.filter(|name| !name.is_empty() && !name.contains(['$', '{']))
            else {
                return Err(invalid_parameter(format!(
                    "1 validation error detected: Value '{text}' at 'logFormat' has an invalid \
                     format"
                )));
            };
            names.push(name);
        }
        let known = |name: &&str| FIELDS.iter().any(|version| version.contains(name));
        let unknown: Vec<&str> = names.iter().copied().filter(|name| !known(name)).collect();
        if !unknown.is_empty() {
            let (noun, list) = (if unknown.len() == 1 { "field" } else { "fields" }, unknown);
            return Err(invalid_parameter(format!(
                "LogFormat contains unknown {noun}: {}",
                list.join(", ")
            )));
        }
        let place = |wanted: &str| names.iter().position(|name| *name == wanted);
        Ok(Self {
            text: text.to_owned(),
            header: names.join(" "),
            action: place("action"),
            end: place("end"),
        })
    }

    /// The `action` of a record; none when the format has no such field.
    pub(super) fn action<'a>(&self, record: &'a str) -> Option<&'a str> {
        record.split(' ').nth(self.action?)
    }

    /// The `end` of a record, in seconds.
    pub(super) fn end_s(&self, record: &str) -> Option<i64> {
        record.split(' ').nth(self.end?)?.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_place_of_the_action() {
        let line = "2 210987654321 eni-0a1b 10.4.1.17 10.4.9.30 49160 5432 6 14 2310 1760000003 \
                    1760000051 ACCEPT OK";
        let format = LogFormat::parse(DEFAULT).expect("the default");
        assert_eq!(
            (format.action(line), format.end_s(line)),
            (Some("ACCEPT"), Some(1_760_000_051))
        );
        let format =
            LogFormat::parse("${action} ${next-hop-vpc-id} ${ecs-task-id}").expect("known");
        assert_eq!(format.action("REJECT - -"), Some("REJECT"));
        assert_eq!(format.header, "action next-hop-vpc-id ecs-task-id");
        assert_eq!(format.end_s("REJECT 1 2"), None);
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        for (text, part) in [
            ("${version} ${colour}", "unknown field: colour"),
            ("${tgw-id} ${colour}", "unknown fields: tgw-id, colour"),
            ("${version} ", "at 'logFormat' has an invalid format"),
            ("", "has an invalid format"),
            ("version action", "has an invalid format"),
            ("${version}${action}", "has an invalid format"),
        ] {
            let error = LogFormat::parse(text).expect_err(text);
            assert_eq!(error.code, "InvalidParameter");
            assert!(error.message.contains(part), "{text}: {}", error.message);
        }
    }
}
