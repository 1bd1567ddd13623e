//! A role: `aws iam create-role`, `aws iam put-role-policy`.

use tributary_vocabulary::AccountId;

use super::{Place, ProvisionError, Provisioned, Site};
use crate::topology::{Names, Step};
use crate::upkeep::Mark;

/// A role with its two documents.
pub(crate) struct RoleSpec {
    pub(super) step: Step,
    pub(crate) name: &'static str,
    pub(crate) trust: &'static str,
    pub(super) policy: &'static str,
    pub(crate) permissions: &'static str,
}

pub(super) const LOGS: RoleSpec = RoleSpec {
    step: Step::LogsRole,
    name: Names::LOGS_ROLE,
    trust: "cwltrustpolicy.json",
    policy: Names::LOGS_ROLE_POLICY,
    permissions: "cwlpermissions.json",
};
pub(super) const DELIVERY: RoleSpec = RoleSpec {
    step: Step::DeliveryStream,
    name: Names::DELIVERY_ROLE,
    trust: "firehose_trust.json",
    policy: "firehose_delivery_policy",
    permissions: "firehose_permissions.json",
};
pub(super) const FUNCTION: RoleSpec = RoleSpec {
    step: Step::Function,
    name: Names::FUNCTION_ROLE,
    trust: "lambda_trust.json",
    policy: "lambda_execution_policy",
    permissions: "lambda_permissions.json",
};
pub(super) const FLOW_LOGS: RoleSpec = RoleSpec {
    step: Step::FlowLogsRole,
    name: Names::FLOW_LOGS_ROLE,
    trust: "flowlogs_trust.json",
    policy: "Demo_flowlogspolicy",
    permissions: "flowlogs_permissions.json",
};
pub(super) const TRAIL: RoleSpec = RoleSpec {
    step: Step::TrailRole,
    name: Names::TRAIL_ROLE,
    trust: "cloudtrail_logs_trust.json",
    policy: "CloudTrail_CloudWatchLogs_Policy",
    permissions: "cloudtrail_logs_permissions.json",
};

/// All roles of the topology.
pub(crate) const ROLES: [RoleSpec; 5] = [LOGS, DELIVERY, FUNCTION, FLOW_LOGS, TRAIL];

/// Creates a role with its trust policy and its permissions, and reads them back as the author of
/// the pipeline does.
pub(super) fn create(
    site: &Site<'_>,
    place: &Place,
    role: &RoleSpec,
    done: &mut Provisioned,
) -> Result<(), ProvisionError> {
    let account: AccountId = place.account;
    if site.plan.one_account.is_some() && place.member > 1 {
        // Where all accounts are one, its members share the roles of the first.
        return Ok(());
    }
    let calls = site.calls(account)?;
    let Some(trust) = site.policy(role.step, place, role.trust, "CreateRole", done) else {
        return Ok(());
    };
    let mut form = vec![("RoleName", role.name), ("AssumeRolePolicyDocument", trust.as_str())];
    form.extend(site.mark().into_iter().flat_map(Mark::iam_form));
    let outcome = calls.iam("CreateRole", &form);
    if site.note_policy(done, role.step, account, "CreateRole", role.trust, outcome)?.is_none() {
        return Ok(());
    }
    let Some(permissions) = site.policy(role.step, place, role.permissions, "PutRolePolicy", done)
    else {
        return Ok(());
    };
    let form = [
        ("RoleName", role.name),
        ("PolicyName", role.policy),
        ("PolicyDocument", permissions.as_str()),
    ];
    let outcome = calls.iam("PutRolePolicy", &form);
    let put =
        site.note_policy(done, role.step, account, "PutRolePolicy", role.permissions, outcome)?;
    if put.is_some() {
        let form = [("RoleName", role.name), ("PolicyName", role.policy)];
        site.note(done, role.step, account, "GetRolePolicy", calls.iam("GetRolePolicy", &form))?;
    }
    Ok(())
}
