//! PutPermission: who else may put events on a bus.

use serde::Deserialize;
use serde_json::{Map, Value, json};
use tributary_vocabulary::AccountId;

use crate::events::bus::{check_bus, named};
use crate::events::error::invalid;
use crate::kernel::{Access, Caller, ServiceError, Validation, World};

/// The largest policy, in bytes (10 KB).
const POLICY_MAX_BYTES: usize = 10_240;

/// One statement, or the whole policy.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The name or ARN of the bus.
    pub event_bus_name: Option<String>,
    /// `events:PutEvents`.
    pub action: Option<String>,
    /// A 12-digit account, or `*`.
    pub principal: Option<String>,
    /// The statement's id; one that is there is replaced.
    pub statement_id: Option<String>,
    /// Of which organisation everybody may, with the principal `*`.
    pub condition: Option<Condition>,
    /// The whole policy, as JSON, in place of all statements.
    pub policy: Option<String>,
}

/// A condition on the organisation.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Condition {
    /// `StringEquals`.
    #[serde(rename = "Type")]
    pub kind: Option<String>,
    /// `aws:PrincipalOrgID`.
    pub key: Option<String>,
    /// The id of the organisation.
    pub value: Option<String>,
}

/// Lets others put events on a bus.
///
/// # Errors
/// `ValidationException`, `PolicyLengthExceededException`, `ResourceNotFoundException`,
/// `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<(), ServiceError> {
    let mut validation = Validation::new();
    check_bus(&mut validation, "eventBusName", input.event_bus_name.as_deref());
    if let Some(id) = &input.statement_id {
        validation.length("statementId", id, 1, 64);
        validation.pattern("statementId", id, "[a-zA-Z0-9-_]+", |c| {
            c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
        });
    }
    validation.finish()?;
    let key = named(caller, input.event_bus_name.as_deref());
    world.authorize(caller, Access::to("events:PutPermission", &key.arn()))?;
    let now = world.now;
    let bus = world.bus_mut(&key)?;
    if let Some(text) = &input.policy {
        check_length(text.len())?;
        let policy: Value = serde_json::from_str(text)
            .map_err(|error| invalid(format!("Invalid policy: {error}")))?;
        let statements = match policy.get("Statement") {
            Some(Value::Array(several)) => several.clone(),
            Some(one) => vec![one.clone()],
            None => Vec::new(),
        };
        bus.set_policy(&key, text, statements)?;
    } else {
        let statement = statement(&input, &key.arn())?;
        let mut statements = bus.statements.clone();
        statements.retain(|old| old.get("Sid") != statement.get("Sid"));
        statements.push(statement);
        check_length(Value::from(statements.clone()).to_string().len())?;
        bus.set_statements(&key, statements)?;
    }
    bus.modified = now;
    world.trace("events.permission", &key.arn(), b"");
    Ok(())
}

fn check_length(bytes: usize) -> Result<(), ServiceError> {
    if bytes <= POLICY_MAX_BYTES {
        return Ok(());
    }
    Err(ServiceError::client(
        "PolicyLengthExceededException",
        format!("The policy has {bytes} bytes; it may have {POLICY_MAX_BYTES}."),
    ))
}

fn statement(input: &Input, bus_arn: &str) -> Result<Value, ServiceError> {
    let needed = [
        ("Action", &input.action),
        ("Principal", &input.principal),
        ("StatementId", &input.statement_id),
    ];
    if let Some((name, _)) = needed.iter().find(|(_, value)| value.is_none()) {
        return Err(invalid(format!("Parameter {name} must be specified.")));
    }
    if input.action.as_deref() != Some("events:PutEvents") {
        return Err(invalid("Provided value in parameter 'action' is not supported."));
    }
    let principal = match input.principal.as_deref().unwrap_or_default() {
        "*" => json!("*"),
        text => match text.parse::<AccountId>() {
            Ok(account) => json!({ "AWS": format!("arn:aws:iam::{account}:root") }),
            Err(_) => {
                let wanted = "Principal must be a 12-digit account id or *.";
                return Err(invalid(wanted));
            }
        },
    };
    let mut statement = Map::new();
    statement.insert("Sid".to_owned(), input.statement_id.clone().into());
    statement.insert("Effect".to_owned(), "Allow".into());
    statement.insert("Principal".to_owned(), principal);
    statement.insert("Action".to_owned(), "events:PutEvents".into());
    statement.insert("Resource".to_owned(), bus_arn.into());
    if let Some(Condition { kind, key, value }) = &input.condition {
        let (kind, key) = (kind.as_deref(), key.as_deref());
        let (Some("StringEquals"), Some("aws:PrincipalOrgID"), Some(value)) = (kind, key, value)
        else {
            return Err(invalid(
                "The Type of a Condition must be StringEquals, its Key aws:PrincipalOrgID, and its \
                 Value the id of the organization.",
            ));
        };
        statement.insert(
            "Condition".to_owned(),
            json!({ "StringEquals": { "aws:PrincipalOrgID": value } }),
        );
    }
    Ok(Value::Object(statement))
}
