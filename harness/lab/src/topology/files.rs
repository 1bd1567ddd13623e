//! Which file of a scenario a policy came from, by the name that explanations call it.

use super::provision::{ROLES, RoleSpec};
use super::{Names, Plan, Step};

/// Where a deciding statement stands: `policies/FILE:LINE`, or the policy's name and the line when
/// it came from no file. The destination has two policies, one after the other: `at_last` is about
/// the second, when the plan has it.
pub(crate) fn place(plan: &Plan, at_last: bool, (policy, line): &(String, u32)) -> String {
    let second = at_last && plan.has(Step::DestinationPolicyWithMaster);
    let second = (second && plan.policies.raw(SECOND).is_some()).then_some(SECOND);
    let file = file_of(policy);
    match second.filter(|_| file == Some(FIRST)).or(file) {
        Some(file) => format!("policies/{file}:{line}  {policy}"),
        None => format!("{policy}, line {line}"),
    }
}

/// The destination's policies.
const FIRST: &str = "destination_policy.json";
const SECOND: &str = "destination_policy_with_master.json";

/// The file of a policy.
fn file_of(policy: &str) -> Option<&'static str> {
    let of_role = |role: &&RoleSpec| policy.contains(&format!("role {} ", role.name));
    if let Some(role) = ROLES.iter().find(of_role) {
        return Some(if policy.starts_with("trust") { role.trust } else { role.permissions });
    }
    let others = [
        (Names::DESTINATION, FIRST),
        (Names::TRAIL_BUCKET, "cloudtrail_bucket_policy.json"),
        (Names::EVENTS_POLICY, "events_log_group_policy.json"),
        (Names::DOMAIN, "domain_access.json"),
    ];
    others.into_iter().find(|(name, _)| policy.ends_with(name)).map(|(_, file)| file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_file_behind_a_name() {
        for (policy, file) in [
            ("inline policy cwlpolicy of role cwrole (111111111111)", "cwlpermissions.json"),
            ("trust policy of role Demo_flowlogsrole (222222222222)", "flowlogs_trust.json"),
            ("access policy of destination kinesisDest", "destination_policy.json"),
            ("the bucket policy of cloudtrail-all-accounts-demo", "cloudtrail_bucket_policy.json"),
        ] {
            assert_eq!(file_of(policy), Some(file), "{policy}");
        }
        assert_eq!(file_of("the policy of my queue"), None);
    }
}
