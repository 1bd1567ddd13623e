//! Titles and descriptions of sample findings.

use super::resource::INSTANCE;
use crate::guardduty::kinds::Kind;

/// The title, marked as a sample, and the description.
///
/// AWS has a fixed sentence for each type. Those that are met most are worded here; the others say
/// what their type does.
pub(super) fn of(kind: Kind) -> (String, String) {
    let (title, description) = match kind.family() {
        "PortProbeUnprotectedPort" => (
            format!("Unprotected port on EC2 instance {INSTANCE} is being probed."),
            format!("EC2 instance {INSTANCE} has an unprotected port which is being probed by a known malicious host."),
        ),
        "Portscan" => (
            format!("Outbound portscan from EC2 instance {INSTANCE}."),
            format!("EC2 instance {INSTANCE} is performing outbound port scans against remote host 198.51.100.0."),
        ),
        "SSHBruteForce" | "RDPBruteForce" | "WinRMBruteForce" => {
            let protocol = kind.family().trim_end_matches("BruteForce");
            (
                format!("198.51.100.0 is performing {protocol} brute force attacks against {INSTANCE}."),
                format!("198.51.100.0 is performing {protocol} brute force attacks against {INSTANCE}. Brute force attacks are used to gain unauthorized access to your instance by guessing the {protocol} password."),
            )
        }
        "RootCredentialUsage" => (
            "API GeneratedFindingAPIName was invoked using root credentials.".to_owned(),
            "API GeneratedFindingAPIName was invoked using root credentials from IP address 198.51.100.0.".to_owned(),
        ),
        "CloudTrailLoggingDisabled" => (
            "AWS CloudTrail trail GeneratedFindingTrailName was disabled.".to_owned(),
            "AWS CloudTrail trail GeneratedFindingTrailName was disabled by GeneratedFindingUserName calling GeneratedFindingAPIName under unusual circumstances.".to_owned(),
        ),
        family => {
            let subject = subject(kind);
            let behaviour = words(family);
            (
                format!("{subject}: {behaviour}."),
                format!("{subject} shows {behaviour}, which is a sign of {}.", words(kind.purpose())),
            )
        }
    };
    (format!("[SAMPLE] {title}"), description)
}

fn subject(kind: Kind) -> String {
    match kind.resource() {
        "IAMUser" | "IAM" => "Principal GeneratedFindingUserName".to_owned(),
        "S3" => "S3 bucket bucketName".to_owned(),
        "Kubernetes" | "EKS" => "EKS cluster GeneratedFindingClusterName".to_owned(),
        "ECS" => "ECS cluster GeneratedFindingClusterName".to_owned(),
        "Container" => "Container GeneratedFindingContainerName".to_owned(),
        "RDS" => "RDS database GeneratedFindingDBInstanceId".to_owned(),
        "Lambda" => "Lambda function GeneratedFindingLambdaFunctionName".to_owned(),
        _ => format!("EC2 instance {INSTANCE}"),
    }
}

/// `PortSweep` as `port sweep`; runs of capitals stay together.
fn words(name: &str) -> String {
    let mut out = String::new();
    let mut before = '.';
    for character in name.chars() {
        if matches!(character, '.' | '!') {
            out.push(' ');
        } else {
            if character.is_ascii_uppercase() && before.is_ascii_lowercase() {
                out.push(' ');
            }
            out.push(character.to_ascii_lowercase());
        }
        before = character;
    }
    out
}
