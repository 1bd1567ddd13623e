//! AddPermission (lambda-transform reference, control plane).

use serde::{Deserialize, Serialize};

use super::{check_revision, function};
use crate::kernel::{Caller, ServiceError, Validation, WireResponse, World};
use crate::lambda::name::{FunctionName, conflict, invalid_parameter};
use crate::lambda::statement::{self, Grant};
use crate::protocol::rest::{RestRequest, json_response};

/// Who shall be permitted what.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The statement's id: letters, digits, `-` and `_`.
    pub statement_id: Option<String>,
    /// The action, such as `lambda:InvokeFunction`.
    pub action: Option<String>,
    /// A service's name, an account's number, or an ARN.
    pub principal: Option<String>,
    /// The resource for which a service may do so.
    pub source_arn: Option<String>,
    /// The account for which a service may do so.
    pub source_account: Option<String>,
    /// The organisation whose accounts may do so.
    #[serde(rename = "PrincipalOrgID")]
    pub principal_org_id: Option<String>,
    /// Not offered here.
    pub event_source_token: Option<String>,
    /// Not offered here.
    pub function_url_auth_type: Option<String>,
    /// The revision that the caller knows.
    pub revision_id: Option<String>,
}

/// The statement that was added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// As JSON.
    pub statement: String,
}

/// Reads the request.
///
/// # Errors
/// Those of `run`.
pub fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let name = FunctionName::read(caller, request.label("FunctionName"))?;
    let name = name.qualified(request.parameter("Qualifier"));
    json_response(201, &run(world, caller, &name, request.json()?)?)
}

/// Adds a statement to a function's policy.
///
/// # Errors
/// `ValidationException`, `InvalidParameterValueException`, `AccessDeniedException`,
/// `ResourceNotFoundException`, `PolicyLengthExceededException`, `PreconditionFailedException`;
/// `ResourceConflictException` when the id is taken.
pub(crate) fn run(
    world: &mut World,
    caller: &Caller,
    name: &FunctionName,
    input: Input,
) -> Result<Output, ServiceError> {
    validate(&input)?;
    let sid = input.statement_id.as_deref().unwrap_or_default();
    let grant = Grant {
        sid,
        action: input.action.as_deref().unwrap_or_default(),
        principal: input.principal.as_deref().unwrap_or_default(),
        source_arn: input.source_arn.as_deref(),
        source_account: input.source_account.as_deref(),
        organization: input.principal_org_id.as_deref(),
    };
    let revision_id = world.lambda.ids.uuid();
    let function = function(world, caller, "lambda:AddPermission", name)?;
    check_revision(function, input.revision_id.as_deref())?;
    if function.statements.iter().any(|(known, _)| known == sid) {
        return Err(conflict(format!(
            "The statement id ({sid}) provided already exists. Please provide a new statement id, \
             or remove the existing statement."
        )));
    }
    let added = statement::statement(&grant, &name.arn)?;
    let output = Output { statement: added.to_string() };
    function.statements.push((sid.to_owned(), added));
    if let Err(error) = statement::rebuild(function) {
        function.statements.pop();
        return Err(error);
    }
    function.revision_id = revision_id;
    world.trace("lambda.policy", &name.arn, output.statement.as_bytes());
    Ok(output)
}

fn validate(input: &Input) -> Result<(), ServiceError> {
    let mut validation = Validation::new();
    for (path, value) in [
        ("statementId", &input.statement_id),
        ("action", &input.action),
        ("principal", &input.principal),
    ] {
        validation.required(path, value.as_ref());
    }
    if let Some(sid) = &input.statement_id {
        validation.length("statementId", sid, 1, 100);
        validation.pattern("statementId", sid, "([a-zA-Z0-9-_]+)", |c| {
            c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
        });
    }
    if let Some(action) = &input.action {
        let verb = action.strip_prefix("lambda:").unwrap_or(action);
        let fits = verb == "*"
            || (verb.len() < action.len()
                && !verb.is_empty()
                && verb.chars().all(|c| c.is_ascii_alphabetic()));
        if !fits {
            let pattern = "(lambda:[*]|lambda:[a-zA-Z]+|[*])";
            let constraint = format!("Member must satisfy regular expression pattern: {pattern}");
            validation.fail("action", action, &constraint);
        }
    }
    if let Some(account) = &input.source_account
        && account.parse::<tributary_vocabulary::AccountId>().is_err()
    {
        let constraint = r"Member must satisfy regular expression pattern: \d{12}";
        validation.fail("sourceAccount", account, constraint);
    }
    if let Some(arn) = &input.source_arn
        && crate::kernel::ArnParts::split(arn).is_none()
    {
        let constraint = r"Member must satisfy regular expression pattern: arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:([a-z]{2}(-gov)?-[a-z]+-\d{1})?:(\d{12})?:(.*)";
        validation.fail("sourceArn", arn, constraint);
    }
    validation.finish()?;
    if input.event_source_token.is_some() || input.function_url_auth_type.is_some() {
        return Err(invalid_parameter(
            "EventSourceToken and FunctionUrlAuthType are not offered by this emulator; leave \
             them out.",
        ));
    }
    Ok(())
}
