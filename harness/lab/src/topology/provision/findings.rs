//! GuardDuty in all accounts, gathered in the master, and the rule that carries findings to a log
//! group.

use aws_sdk_cloudwatchlogs::Client;
use aws_types::SdkConfig;
use http::Method;
use serde_json::{Value, json};
use tributary_vocabulary::{AccountId, Source};

use super::outcome::CallError;
use super::{Obstacle, ProvisionError, Provisioned, Site, destination, log_group};
use crate::topology::{Names, Step};

/// The most accounts of one call (guardduty reference, API).
const ACCOUNTS_MAX: usize = 50;

/// Sets up all accounts.
pub(super) async fn set_up(
    site: &Site<'_>,
    config: &SdkConfig,
    done: &mut Provisioned,
) -> Result<(), ProvisionError> {
    let master = site.plan.accounts.master;
    let detector = detector(site, Step::Detector, master, done)?;
    let mut members = Vec::new();
    for member in &site.plan.accounts.members {
        members.push((*member, self::detector(site, Step::MemberDetectors, *member, done)?));
    }
    if let Some(detector) = &detector
        && site.plan.has(Step::Invitations)
    {
        invite(site, detector, done)?;
    }
    if site.plan.has(Step::Acceptances) {
        for (member, detector) in &members {
            if let Some(detector) = detector {
                accept(site, *member, detector, done)?;
            }
        }
    }
    rule(site, config, done).await
}

/// `aws guardduty create-detector`.
fn detector(
    site: &Site<'_>,
    step: Step,
    account: AccountId,
    done: &mut Provisioned,
) -> Result<Option<String>, ProvisionError> {
    if !site.plan.has(step) {
        return Ok(None);
    }
    let mut body = json!({ "enable": true, "findingPublishingFrequency": "FIFTEEN_MINUTES" });
    if let Some(mark) = site.mark() {
        body["tags"] = mark.json_map();
    }
    let outcome = site.calls(account)?.rest("guardduty", Method::POST, "/detector", Some(&body));
    let answer = site.note(done, step, account, "CreateDetector", outcome)?;
    Ok(answer.and_then(|answer| answer["detectorId"].as_str().map(str::to_owned)))
}

/// `aws guardduty create-members`, `aws guardduty invite-members`.
fn invite(site: &Site<'_>, detector: &str, done: &mut Provisioned) -> Result<(), ProvisionError> {
    let (step, master) = (Step::Invitations, site.plan.accounts.master);
    let calls = site.calls(master)?;
    let members: Vec<(usize, AccountId)> = (1..).zip(site.plan.accounts.members.clone()).collect();
    for some in members.chunks(ACCOUNTS_MAX) {
        let details: Vec<Value> = some
            .iter()
            .map(|(number, account)| {
                json!({
                    "accountId": account.as_str(),
                    "email": format!("member-{number}@example.com"),
                })
            })
            .collect();
        let body = json!({ "accountDetails": details });
        let path = format!("/detector/{detector}/member");
        let outcome = calls.rest("guardduty", Method::POST, &path, Some(&body));
        site.note(done, step, master, "CreateMembers", outcome)?;
        let ids: Vec<&str> = some.iter().map(|(_, account)| account.as_str()).collect();
        let body = json!({ "accountIds": ids });
        let path = format!("/detector/{detector}/member/invite");
        let outcome = calls.rest("guardduty", Method::POST, &path, Some(&body));
        if let Some(answer) = site.note(done, step, master, "InviteMembers", outcome)? {
            for account in answer["unprocessedAccounts"].as_array().into_iter().flatten() {
                let message = account["result"].as_str().unwrap_or_default().to_owned();
                done.lack(Obstacle::Refused, step, master, "InviteMembers", message);
            }
        }
    }
    Ok(())
}

/// `aws guardduty list-invitations`, `aws guardduty accept-administrator-invitation`.
fn accept(
    site: &Site<'_>,
    member: AccountId,
    detector: &str,
    done: &mut Provisioned,
) -> Result<(), ProvisionError> {
    let step = Step::Acceptances;
    let calls = site.calls(member)?;
    let outcome = calls.rest("guardduty", Method::GET, "/invitation", None);
    let Some(answer) = site.note(done, step, member, "ListInvitations", outcome)? else {
        return Ok(());
    };
    let Some(invitation) = answer["invitations"][0]["invitationId"].as_str() else {
        done.lack(
            Obstacle::Refused,
            step,
            member,
            "ListInvitations",
            "there is no invitation".to_owned(),
        );
        return Ok(());
    };
    let body = json!({
        "administratorId": site.plan.accounts.master.as_str(),
        "invitationId": invitation,
    });
    let path = format!("/detector/{detector}/administrator");
    let outcome = calls.rest("guardduty", Method::POST, &path, Some(&body));
    site.note(done, step, member, "AcceptAdministratorInvitation", outcome)?;
    Ok(())
}

/// The log group, what lets EventBridge write to it, the rule with its target, and the
/// subscription of the master on its own destination.
async fn rule(
    site: &Site<'_>,
    config: &SdkConfig,
    done: &mut Provisioned,
) -> Result<(), ProvisionError> {
    let logs = Client::new(config);
    let master = site.master();
    let group = Names::log_group(Source::GuardDuty, 0);
    log_group::create(site, &logs, &master, Step::FindingsGroup, &group, done).await?;
    if site.plan.has(Step::FindingsGroupPolicy) {
        group_policy(site, &logs, done).await?;
    }
    if site.plan.has(Step::FindingsRule) {
        let calls = site.calls(master.account)?;
        let pattern = json!({
            "source": ["aws.guardduty"],
            "detail-type": ["GuardDuty Finding"],
        });
        let mut body = json!({ "Name": Names::FINDINGS_RULE, "EventPattern": pattern.to_string() });
        if let Some(mark) = site.mark() {
            body["Tags"] = mark.json_list();
        }
        let outcome = calls.json("events", "AWSEvents.PutRule", &body);
        site.note(done, Step::FindingsRule, master.account, "PutRule", outcome)?;
        let body = json!({
            "Rule": Names::FINDINGS_RULE,
            "Targets": [{
                "Id": "log-group",
                "Arn": site.plan.names.findings_group_arn(),
            }],
        });
        let outcome = calls.json("events", "AWSEvents.PutTargets", &body);
        site.note(done, Step::FindingsRule, master.account, "PutTargets", outcome)?;
    }
    if site.plan.has(Step::DestinationPolicyWithMaster) {
        let step = Step::DestinationPolicyWithMaster;
        let file = "destination_policy_with_master.json";
        destination::admit(site, config, step, file, done).await?;
    }
    let source = Source::GuardDuty;
    log_group::subscribe(site, &logs, &master, Step::FindingsFilter, source, done).await
}

/// `aws logs put-resource-policy`.
async fn group_policy(
    site: &Site<'_>,
    logs: &Client,
    done: &mut Provisioned,
) -> Result<(), ProvisionError> {
    const FILE: &str = "events_log_group_policy.json";
    const OPERATION: &str = "PutResourcePolicy";
    let (step, master) = (Step::FindingsGroupPolicy, site.master());
    let Some(policy) = site.policy(step, &master, FILE, OPERATION, done) else { return Ok(()) };
    let outcome = logs
        .put_resource_policy()
        .policy_name(Names::EVENTS_POLICY)
        .policy_document(policy)
        .send()
        .await
        .map_err(CallError::of);
    site.note_policy(done, step, master.account, OPERATION, FILE, outcome)?;
    Ok(())
}
