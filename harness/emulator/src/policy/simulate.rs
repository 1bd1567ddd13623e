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

/// The input of `SimulateCustomPolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct Input {
    pub(crate) policy_input_list: Vec<String>,
    pub(crate) permissions_boundary_policy_input_list: Vec<String>,
    pub(crate) ordered_organization_policy_input_list: Vec<OrganizationLevel>,
    pub(crate) action_names: Vec<String>,
    pub(crate) resource_arns: Vec<String>,
    pub(crate) resource_policy: Option<String>,
    pub(crate) resource_owner: Option<String>,
    pub(crate) caller_arn: Option<String>,
    pub(crate) context_entries: Vec<ContextEntry>,
}

/// The policies of one level of an organisation.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct OrganizationLevel {
    pub(crate) service_control_policy_input_list: Vec<String>,
}

/// A condition key of the simulated request.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct ContextEntry {
    pub(crate) context_key_name: Option<String>,
    pub(crate) context_key_values: Option<Vec<String>>,
    pub(crate) context_key_type: Option<String>,
}

/// The answer.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Output {
    pub(crate) evaluation_results: Vec<EvaluationResult>,
    is_truncated: bool,
}

/// The decision on one action and resource.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct EvaluationResult {
    pub(crate) eval_action_name: String,
    pub(crate) eval_resource_name: String,
    pub(crate) eval_decision: &'static str,
    pub(crate) matched_statements: Vec<SourceStatement>,
    pub(crate) missing_context_values: Vec<String>,
    /// What the boundary says, when there is one.
    #[serde(skip)]
    pub(crate) within_boundary: Option<bool>,
    /// What the organisation says, when its policies have a say.
    #[serde(skip)]
    pub(crate) within_organization: Option<bool>,
}

/// A statement that made a decision.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct SourceStatement {
    pub(crate) source_policy_id: String,
    pub(crate) source_policy_type: &'static str,
    pub(crate) start_position: Place,
    pub(crate) end_position: Place,
}

/// A place in the text of a policy.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Place {
    pub(crate) line: u32,
    pub(crate) column: u32,
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
    simulate_input(&input, Policies::default())
}

/// Decides a request about the policies of its input together with those that a principal has
/// already: its identity policies, its boundary unless the input brings one, and those of its
/// organisation unless the input brings some.
///
/// # Errors
/// A sentence that says what cannot be read.
pub(crate) fn simulate_input(input: &Input, of_principal: Policies) -> Result<Output, String> {
    if input.action_names.is_empty() {
        return Err("ActionNames is empty: name at least one action, such as s3:GetObject".into());
    }
    let mut question = Question::read(input)?;
    question.policies.identity.splice(0..0, of_principal.identity);
    question.policies.boundary = question.policies.boundary.take().or(of_principal.boundary);
    if question.policies.scps.is_empty() {
        question.policies.scps = of_principal.scps;
    }
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
            within_boundary: self
                .policies
                .boundary
                .as_ref()
                .map(|_| permits(&decision, Side::Boundary)),
            within_organization: (!self.policies.scps.is_empty())
                .then(|| permits(&decision, Side::Scp)),
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
        let keys = keys_of(lists.into_iter().flatten());
        let lacking =
            keys.into_iter().filter(|key| !self.given.contains(&key.to_ascii_lowercase()));
        lacking.map(str::to_owned).collect()
    }
}

/// The condition keys that policies ask for, by conditions and by variables.
fn keys_of<'p>(policies: impl Iterator<Item = &'p NamedPolicy>) -> BTreeSet<&'p str> {
    let mut keys = BTreeSet::new();
    for statement in policies.flat_map(|named| named.document.statements()) {
        let resources = statement.resources.iter().flat_map(|resources| &resources.list);
        keys.extend(resources.flat_map(|resource| resource.text.keys()));
        keys.extend(statement.conditions().iter().flat_map(|condition| condition.keys()));
    }
    keys
}

/// The condition keys that these policies and the texts of further ones ask for. A text may be a
/// policy of an identity, of a resource or of a role's trust.
///
/// # Errors
/// A sentence that says what cannot be read.
pub(crate) fn context_keys(
    policies: &[NamedPolicy],
    texts: &[String],
) -> Result<Vec<String>, String> {
    let mut all = policies.to_vec();
    for (n, text) in texts.iter().enumerate() {
        let name = format!("PolicyInputList.{}", n + 1);
        let read = match named(name, text, PolicyKind::Identity) {
            Err(refused) => resource_policy(text).map_err(|_| refused)?,
            Ok(policy) => policy,
        };
        all.push(read);
    }
    Ok(keys_of(all.iter()).into_iter().map(str::to_owned).collect())
}

/// Whether a side permitted what was decided.
fn permits(decision: &Decision, side: Side) -> bool {
    decision.denial().is_none_or(|denial| {
        denial.sides.iter().filter(|report| report.side == side).all(|report| report.allows)
    })
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
