//! The policy simulator's requests and answers on IAM's wire; the engine decides.

use crate::iam::error::invalid_input;
use crate::iam::page::{Page, member};
use crate::iam::view;
use crate::kernel::ServiceError;
use crate::policy::{
    ContextEntry, EvaluationResult, OrganizationLevel, Policies, SimulationInput, simulate_input,
};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// The request, as far as the two operations share it.
pub(in crate::iam) fn input(parameters: &Parameters) -> SimulationInput {
    let list = |name: &str| owned(parameters.list(name));
    let text = |name: &str| parameters.get(name).map(str::to_owned);
    let levels = parameters.structures("OrderedOrganizationPolicyInputList");
    let entries = parameters.structures("ContextEntries");
    SimulationInput {
        policy_input_list: list("PolicyInputList"),
        permissions_boundary_policy_input_list: list("PermissionsBoundaryPolicyInputList"),
        ordered_organization_policy_input_list: levels
            .iter()
            .map(|level| OrganizationLevel {
                service_control_policy_input_list: owned(
                    level.list("ServiceControlPolicyInputList"),
                ),
            })
            .collect(),
        action_names: list("ActionNames"),
        resource_arns: list("ResourceArns"),
        resource_policy: text("ResourcePolicy"),
        resource_owner: text("ResourceOwner"),
        caller_arn: text("CallerArn"),
        context_entries: entries
            .iter()
            .map(|entry| ContextEntry {
                context_key_name: entry.get("ContextKeyName").map(str::to_owned),
                context_key_values: Some(owned(entry.list("ContextKeyValues"))),
                context_key_type: entry.get("ContextKeyType").map(str::to_owned),
            })
            .collect(),
    }
}

/// The texts of a list.
pub(in crate::iam) fn owned(texts: Vec<&str>) -> Vec<String> {
    texts.into_iter().map(str::to_owned).collect()
}

/// Decides, and answers a page of the results.
///
/// # Errors
/// `InvalidInput`.
pub(in crate::iam) fn answer(
    input: &SimulationInput,
    of_principal: Policies,
    page: &Page,
) -> Result<Option<Element>, ServiceError> {
    let output = simulate_input(input, of_principal).map_err(invalid_input)?;
    let results = output.evaluation_results.iter().enumerate();
    let results = results.map(|(n, result)| (format!("{n:08}"), element(result)));
    Ok(Some(page.list(Element::new("Result"), "EvaluationResults", results)))
}

fn element(result: &EvaluationResult) -> Element {
    let statements = result.matched_statements.iter().map(|statement| {
        let place = |name: &'static str, line: u32, column: u32| {
            Element::new(name)
                .child(Element::text("Line", line.to_string()))
                .child(Element::text("Column", column.to_string()))
        };
        let (start, end) = (&statement.start_position, &statement.end_position);
        Element::new("member")
            .child(Element::text("SourcePolicyId", statement.source_policy_id.as_str()))
            .child(Element::text("SourcePolicyType", statement.source_policy_type))
            .child(place("StartPosition", start.line, start.column))
            .child(place("EndPosition", end.line, end.column))
    });
    let missing = result.missing_context_values.iter().map(String::as_str);
    let detail = |name: &'static str, member: &'static str, allows: bool| {
        Element::new(name).child(Element::text(member, view::boolean(allows)))
    };
    member(
        Element::new("member")
            .child(Element::text("EvalActionName", result.eval_action_name.as_str()))
            .child(Element::text("EvalResourceName", result.eval_resource_name.as_str()))
            .child(Element::text("EvalDecision", result.eval_decision))
            .child(Element::new("MatchedStatements").children(statements))
            .child(view::texts("MissingContextValues", missing))
            .maybe(result.within_organization.map(|allows| {
                detail("OrganizationsDecisionDetail", "AllowedByOrganizations", allows)
            }))
            .maybe(result.within_boundary.map(|allows| {
                detail("PermissionsBoundaryDecisionDetail", "AllowedByPermissionsBoundary", allows)
            })),
    )
}
