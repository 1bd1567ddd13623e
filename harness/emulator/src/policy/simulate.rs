//! The policy simulator: requests in the shape of IAM's `SimulateCustomPolicy`, decided as live
//! authorisation decides.
//!
//! Where the simulator of AWS reports, this one reports alike: the decision, the statements that
//! made it with their places, and for an implicit deny the condition keys the request lacks.
//! Where it is laxer than live authorisation (a resource policy that names the account's root
//! permits there by itself) this one is not.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tributary_vocabulary::AccountId;

use super::context::{Context, ContextValue};
use super::decision::{Decision, Outcome, Side};
use super::document::{Effect, Statement};
use super::evaluate::{MissingPolicy, decide};
use super::facts::{Facts, Request, arn_account};
use super::grantee::Naming;
use super::json::Position;
use super::kind::{PolicyKind, ResourceService};
use super::malformed::PolicyFault;
use super::parse;
use super::policies::{NamedPolicy, Policies};
use super::principal::Principal;

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Input {
    policy_input_list: Vec<String>,
    permissions_boundary_policy_input_list: Vec<String>,
    ordered_organization_policy_input_list: Vec<OrganizationLevel>,
    action_names: Vec<String>,
    resource_arns: Vec<String>,
    resource_policy: Option<String>,
    resource_owner: Option<String>,
    caller_arn: Option<String>,
    context_entries: Vec<ContextEntry>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct OrganizationLevel {
    service_control_policy_input_list: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct ContextEntry {
    context_key_name: Option<String>,
    context_key_values: Option<Vec<String>>,
    context_key_type: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Output {
    evaluation_results: Vec<EvaluationResult>,
    is_truncated: bool,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct EvaluationResult {
    eval_action_name: String,
    eval_resource_name: String,
    eval_decision: &'static str,
    matched_statements: Vec<SourceStatement>,
    missing_context_values: Vec<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct SourceStatement {
    source_policy_id: String,
    source_policy_type: &'static str,
    start_position: Place,
    end_position: Place,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Place {
    line: u32,
    column: u32,
}

#[derive(Debug, Serialize)]
struct Failure {
    error: String,
}

/// Decides one request given as the JSON of a `SimulateCustomPolicy` call and answers one line:
/// its response, with an `EvaluationResults` entry for each action and resource, or
/// `{"error": "…"}` when the request cannot be read.
///
/// `CallerArn` may also be a service such as `cloudtrail.amazonaws.com`; without one, somebody
/// unnamed of the resource's account asks. The resource's account is that of its ARN, else
/// `ResourceOwner`, else the caller's. `ResourcePolicy` may be a role's trust policy.
#[must_use]
pub fn simulate_line(json: &str) -> String {
    let answer = match simulate(json) {
        Ok(output) => serde_json::to_string(&output),
        Err(error) => serde_json::to_string(&Failure { error }),
    };
    answer
        .unwrap_or_else(|error| format!("{{\"error\": \"the answer cannot be written: {error}\"}}"))
}

fn simulate(json: &str) -> Result<Output, String> {
    if !json.trim_start().starts_with('{') {
        return Err("the request is not a SimulateCustomPolicy call: write one JSON object".into());
    }
    let input: Input = serde_json::from_str(json)
        .map_err(|error| format!("the request is not a SimulateCustomPolicy call: {error}"))?;
    if input.action_names.is_empty() {
        return Err("ActionNames is empty: name at least one action, such as s3:GetObject".into());
    }
    let question = Question::read(&input)?;
    let star = ["*".to_owned()];
    let resources =
        if input.resource_arns.is_empty() { &star } else { input.resource_arns.as_slice() };
    let mut results = Vec::new();
    for action in &input.action_names {
        if !action.contains(':') {
            return Err(format!("The action is invalid since it is missing names: {action}"));
        }
        for resource in resources {
            if resource != "*" && !is_arn(resource) {
                return Err(format!("ResourceNames are not in a valid ARN format: {resource}."));
            }
            results.push(question.ask(action, resource));
        }
    }
    Ok(Output { evaluation_results: results, is_truncated: false })
}

fn is_arn(text: &str) -> bool {
    text.starts_with("arn:") && text.splitn(6, ':').count() == 6
}

/// A request, read.
struct Question {
    policies: Policies,
    caller: Option<Principal>,
    owner: Option<AccountId>,
    context: Context,
    /// The keys that were given, in lower case: derived ones count as lacking.
    given: BTreeSet<String>,
}

impl Question {
    fn read(input: &Input) -> Result<Self, String> {
        let caller = match input.caller_arn.as_deref() {
            None | Some("") => None,
            Some(text) => {
                Some(Principal::parse(text).map_err(|error| format!("CallerArn: {error}"))?)
            }
        };
        let owner = match input.resource_owner.as_deref() {
            None | Some("") => None,
            Some(text) => Some(account_of(text).ok_or_else(|| {
                format!("ResourceOwner '{text}' is neither an account id nor an ARN with one")
            })?),
        };
        let (context, given) = context(&input.context_entries, input.caller_arn.as_deref())?;
        Ok(Self { policies: policies(input)?, caller, owner, context, given })
    }

    fn ask(&self, action: &str, resource: &str) -> EvaluationResult {
        let in_arn = arn_account(resource).or(self.owner);
        let caller = self.caller.clone().unwrap_or_else(|| {
            Principal::unnamed(in_arn.unwrap_or_else(|| AccountId::repeated(0)))
        });
        let request = Request {
            principal: &caller,
            action,
            resource,
            resource_account: in_arn,
            context: &self.context,
        };
        let decision = decide(&request, &self.policies, MissingPolicy::IsUnknown);
        let mut outcome = decision.outcome();
        if outcome == Outcome::Allowed && !is_about(action, resource) {
            outcome = Outcome::ImplicitDeny;
        }
        let facts = Facts::new(&request);
        EvaluationResult {
            eval_action_name: action.to_owned(),
            eval_resource_name: resource.to_owned(),
            eval_decision: match outcome {
                Outcome::Allowed => "allowed",
                Outcome::ExplicitDeny => "explicitDeny",
                Outcome::ImplicitDeny => "implicitDeny",
            },
            matched_statements: self.matched(&facts, outcome, &decision),
            missing_context_values: self.missing(outcome, &decision),
        }
    }

    /// The statements that made the decision. A denial by the organisation names none; one by
    /// the resource's policy also names what the identity's would have permitted.
    fn matched(
        &self,
        facts: &Facts<'_>,
        outcome: Outcome,
        decision: &Decision,
    ) -> Vec<SourceStatement> {
        if outcome == Outcome::ImplicitDeny || by_organisation(decision) {
            return Vec::new();
        }
        let all = |effect: Effect| -> Vec<(Side, SourceStatement)> {
            let mut found = Vec::new();
            let caller_has_account = facts.request.principal.account().is_some();
            let identity = if caller_has_account { self.policies.identity.as_slice() } else { &[] };
            let sides = [
                (Side::Resource, self.policies.resource.as_slice()),
                (Side::Boundary, self.policies.boundary.as_slice()),
                (Side::Identity, identity),
            ];
            for (side, list) in sides {
                for named in list {
                    let statements = named.document.statements().iter();
                    let applying = statements.filter(|s| {
                        s.effect() == effect
                            && s.applies(facts, named.document.kind()) != Naming::Not
                    });
                    found.extend(applying.map(|s| (side, source(side, &named.name, s))));
                }
            }
            found
        };
        let denies = all(Effect::Deny);
        let keep: Vec<(Side, SourceStatement)> = if outcome == Outcome::Allowed {
            all(Effect::Allow).into_iter().filter(|(side, _)| *side != Side::Boundary).collect()
        } else if denies.iter().all(|(side, _)| *side == Side::Resource) {
            let allows = all(Effect::Allow).into_iter().filter(|(side, _)| *side == Side::Identity);
            denies.into_iter().chain(allows).collect()
        } else {
            denies
        };
        keep.into_iter().map(|(_, statement)| statement).collect()
    }

    /// The keys that policies ask for and the request does not give. The simulator lists them
    /// for an implicit deny only, and looks at every statement, whatever its action.
    fn missing(&self, outcome: Outcome, decision: &Decision) -> Vec<String> {
        if outcome != Outcome::ImplicitDeny || by_organisation(decision) {
            return Vec::new();
        }
        let policies = &self.policies;
        let lists = [
            policies.identity.as_slice(),
            policies.resource.as_slice(),
            policies.boundary.as_slice(),
        ];
        let statements = lists.into_iter().flatten().flat_map(|named| named.document.statements());
        let mut keys = BTreeSet::new();
        for statement in statements {
            let resources = statement.resources.iter().flat_map(|resources| &resources.list);
            keys.extend(resources.flat_map(|resource| resource.text.keys()));
            keys.extend(statement.conditions().iter().flat_map(|condition| condition.keys()));
        }
        let lacking =
            keys.into_iter().filter(|key| !self.given.contains(&key.to_ascii_lowercase()));
        lacking.map(str::to_owned).collect()
    }
}

fn by_organisation(decision: &Decision) -> bool {
    decision.denial().is_some_and(|denial| matches!(denial.side, Side::Scp | Side::Rcp))
}

fn source(side: Side, name: &str, statement: &Statement) -> SourceStatement {
    let place = |at: Position| Place { line: at.line, column: at.column };
    SourceStatement {
        source_policy_id: name.to_owned(),
        source_policy_type: match side {
            Side::Resource => "Resource Policy",
            Side::Boundary => "Permissions Boundary Policy",
            _ => "IAM Policy",
        },
        start_position: place(statement.opening),
        end_position: place(statement.end()),
    }
}

fn account_of(text: &str) -> Option<AccountId> {
    text.parse().ok().or_else(|| arn_account(text))
}

fn policies(input: &Input) -> Result<Policies, String> {
    let list =
        |name: &str, texts: &[String], kind: PolicyKind| -> Result<Vec<NamedPolicy>, String> {
            let numbered = texts.iter().enumerate();
            numbered.map(|(n, text)| named(format!("{name}.{}", n + 1), text, kind)).collect()
        };
    let boundaries = &input.permissions_boundary_policy_input_list;
    if boundaries.len() > 1 {
        return Err("The list of Permissions Boundary policies cannot exceed 1 items.".into());
    }
    let name = "PermissionsBoundaryPolicyInputList";
    let boundary = list(name, boundaries, PolicyKind::Boundary)?.into_iter().next();
    let levels = input.ordered_organization_policy_input_list.iter();
    let scps = levels
        .map(|level| {
            let texts = level.service_control_policy_input_list.as_slice();
            list("ServiceControlPolicyInputList", texts, PolicyKind::Scp)
        })
        .collect::<Result<Vec<_>, _>>()?;
    let resource = match input.resource_policy.as_deref() {
        None | Some("") => None,
        Some(text) => Some(resource_policy(text)?),
    };
    Ok(Policies {
        identity: list("PolicyInputList", &input.policy_input_list, PolicyKind::Identity)?,
        resource,
        boundary,
        scps,
        ..Policies::default()
    })
}

/// Malformed condition values are kept, as the simulator keeps them.
fn named(name: String, text: &str, kind: PolicyKind) -> Result<NamedPolicy, String> {
    match parse::document(text, kind, false) {
        Ok(document) => Ok(NamedPolicy { name, document: Arc::new(document) }),
        Err(malformed) => Err(format!("{name}: {}", malformed.sentence())),
    }
}

/// A policy whose statements have no resource is a role's trust policy.
fn resource_policy(text: &str) -> Result<NamedPolicy, String> {
    let name = || "ResourcePolicy".to_owned();
    let kind = PolicyKind::Resource(ResourceService::Other);
    let refused = match parse::document(text, kind, false) {
        Ok(document) => return Ok(NamedPolicy { name: name(), document: Arc::new(document) }),
        Err(malformed) => malformed,
    };
    if refused.fault == PolicyFault::NoResource {
        return named(name(), text, PolicyKind::Trust);
    }
    Err(format!("ResourcePolicy: {}", refused.sentence()))
}

/// The context, and the names of the keys that were given. The simulator's own value of
/// `aws:userid` is the caller's ARN, or a constant when there is no caller.
fn context(
    entries: &[ContextEntry],
    caller: Option<&str>,
) -> Result<(Context, BTreeSet<String>), String> {
    let mut context = Context::new();
    match caller {
        None | Some("") => {
            context = context.with("aws:userid", "STUB_PRINCIPAL_FOR_POLICY_SIMULATOR");
        }
        Some(arn) if arn.starts_with("arn:") && !arn.ends_with(":root") => {
            context = context.with("aws:userid", arn);
        }
        Some(_) => {}
    }
    let mut given = BTreeSet::new();
    for entry in entries {
        let ContextEntry { context_key_name, context_key_values, context_key_type } = entry;
        let values = context_key_values.as_deref().unwrap_or(&[]);
        let Some(name) = context_key_name.as_deref().filter(|name| !name.is_empty()) else {
            if values.is_empty() && context_key_type.is_none() {
                continue;
            }
            return Err("ContextKeyName cannot be null or empty.".into());
        };
        let is_list = context_key_type.as_deref().is_some_and(|kind| kind.ends_with("List"));
        let value = match values {
            [] => {
                return Err(format!(
                    "Context values for context key {name} cannot be null or empty."
                ));
            }
            [single] if !is_list => ContextValue::Single(single.clone()),
            many => ContextValue::List(many.to_vec()),
        };
        context.insert(name, value);
        given.insert(name.to_ascii_lowercase());
    }
    Ok((context, given))
}

/// Whether an action can be about a resource: one of S3 is never about a user of IAM. Only
/// services that are known to keep to themselves are looked at.
fn is_about(action: &str, resource: &str) -> bool {
    const CLOSED: [&str; 13] = [
        "s3",
        "iam",
        "kinesis",
        "firehose",
        "logs",
        "lambda",
        "es",
        "sqs",
        "sns",
        "kms",
        "events",
        "cloudtrail",
        "guardduty",
    ];
    let Some((service, _)) = action.split_once(':') else {
        return true;
    };
    let Some(of_resource) = resource.split(':').nth(2) else {
        return true;
    };
    let service = service.to_ascii_lowercase();
    !CLOSED.contains(&service.as_str())
        || service == of_resource
        || of_resource.contains(['*', '?'])
}

#[cfg(test)]
#[path = "simulate_tests.rs"]
mod tests;
