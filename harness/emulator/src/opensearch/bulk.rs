//! `_bulk`: many writes in one request (OpenSearch reference, §3).

use bytes::Bytes;
use serde_json::{Map, Value, json};
use tributary_vocabulary::Timestamp;

use super::engine::Engine;
use super::error::Failure;
use super::index::{Condition, OpType, Written};
use super::ops::update;

/// What became of one action.
#[derive(Debug, Clone)]
pub struct BulkItem {
    /// `index`, `create`, `update` or `delete`.
    pub verb: &'static str,
    /// The index.
    pub index: String,
    /// The document's id, given or made.
    pub id: String,
    /// The HTTP status: 200, 201, or that of the failure.
    pub status: u16,
    /// What was done: `created`, `updated`, `deleted`, `not_found`, `noop`; empty when it failed.
    pub result: &'static str,
    /// Why it failed.
    pub error: Option<Failure>,
    written: Option<Written>,
    shards: Value,
    refreshed: bool,
}

/// The answer to a bulk request.
#[derive(Debug, Clone, Default)]
pub struct BulkResponse {
    /// An item for every action, in their order.
    pub items: Vec<BulkItem>,
}

impl BulkResponse {
    /// Whether any action failed.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.items.iter().any(|item| item.error.is_some())
    }

    /// Has every item say that the request made an index refresh.
    pub(super) fn refreshed(&mut self) {
        for item in &mut self.items {
            item.refreshed = true;
        }
    }

    /// The answer as OpenSearch writes it.
    #[must_use]
    pub fn body(&self) -> Value {
        let items: Vec<Value> = self.items.iter().map(BulkItem::body).collect();
        json!({ "took": 0, "errors": self.has_errors(), "items": items })
    }
}

impl BulkItem {
    fn body(&self) -> Value {
        let mut body = Map::new();
        body.insert("_index".to_owned(), json!(self.index));
        body.insert("_id".to_owned(), json!(self.id));
        if let Some(written) = &self.written {
            body.insert("_version".to_owned(), json!(written.version));
            body.insert("result".to_owned(), json!(self.result));
            if self.refreshed {
                body.insert("forced_refresh".to_owned(), json!(true));
            }
            body.insert("_shards".to_owned(), self.shards.clone());
            body.insert("_seq_no".to_owned(), json!(written.seq_no));
            body.insert("_primary_term".to_owned(), json!(1));
        }
        body.insert("status".to_owned(), json!(self.status));
        if let Some(error) = &self.error {
            body.insert("error".to_owned(), error.detail());
        }
        json!({ self.verb: body })
    }
}

/// The longest id of a document.
const MAX_ID_BYTES: usize = 512;

/// One action with its source.
#[derive(Debug)]
struct Action<'a> {
    verb: &'static str,
    index: String,
    id: Option<String>,
    condition: Condition,
    source: &'a [u8],
}

impl Engine {
    /// Does all actions of a bulk request; `default_index` is that of the path.
    ///
    /// # Errors
    /// What refuses the whole request: a malformed action line, a missing final newline, an index
    /// in an action that the domain does not allow, or an unavailable domain.
    pub fn bulk(
        &mut self,
        now: Timestamp,
        default_index: Option<&str>,
        body: &Bytes,
    ) -> Result<BulkResponse, Failure> {
        let now = self.at(now);
        if let Some(failure) = self.unavailable() {
            return Err(failure);
        }
        let actions = self.actions(default_index, body)?;
        let mut items = Vec::with_capacity(actions.len());
        for action in actions {
            items.push(self.act(now, action));
        }
        Ok(BulkResponse { items })
    }

    /// Reads all action lines before the first is done: one that is malformed refuses them all.
    fn actions<'a>(
        &self,
        default_index: Option<&str>,
        body: &'a [u8],
    ) -> Result<Vec<Action<'a>>, Failure> {
        if body.iter().all(u8::is_ascii_whitespace) {
            return Err(Failure::new(400, "parse_exception", "request body is required"));
        }
        if body.last() != Some(&b'\n') {
            return Err(Failure::illegal_argument(
                "The bulk request must be terminated by a newline [\\n]",
            ));
        }
        let mut lines = body.split(|byte| *byte == b'\n').zip(1..);
        let mut actions = Vec::new();
        while let Some((line, number)) = lines.next() {
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let mut action = self.action(default_index, line, number)?;
            if action.verb != "delete" {
                action.source = lines.next().map(|(source, _)| source).unwrap_or_default();
            }
            actions.push(action);
        }
        Ok(actions)
    }

    fn action<'a>(
        &self,
        default_index: Option<&str>,
        line: &[u8],
        number: usize,
    ) -> Result<Action<'a>, Failure> {
        let malformed = |what: &str| {
            Failure::illegal_argument(format!("Malformed action/metadata line [{number}], {what}"))
        };
        let value: Value = serde_json::from_slice(line).map_err(|error| Failure::json(&error))?;
        let Value::Object(members) = &value else {
            let found = token(&value);
            return Err(malformed(&format!("expected START_OBJECT but found [{found}]")));
        };
        let mut members = members.iter();
        let (Some((verb, metadata)), None) = (members.next(), members.next()) else {
            return Err(malformed("expected FIELD_NAME but found [END_OBJECT]"));
        };
        let Some(verb) = ["create", "delete", "index", "update"].into_iter().find(|v| v == verb)
        else {
            return Err(malformed(&format!(
                "expected one of [create, delete, index, update] but found [{verb}]"
            )));
        };
        let Value::Object(metadata) = metadata else {
            let found = token(metadata);
            return Err(malformed(&format!(
                "expected START_OBJECT or END_OBJECT but found [{found}]"
            )));
        };
        let mut action = Action {
            verb,
            index: default_index.unwrap_or_default().to_owned(),
            id: None,
            condition: Condition::default(),
            source: b"",
        };
        for (name, value) in metadata {
            self.metadatum(&mut action, default_index, (name, value), number)?;
        }
        if action.index.is_empty() {
            return Err(validation("index is missing"));
        }
        let long = action.id.as_deref().filter(|id| id.len() > MAX_ID_BYTES);
        if let Some(id) = long {
            let length = id.len();
            return Err(validation(&format!(
                "id [{id}] is too long, must be no longer than {MAX_ID_BYTES} bytes but was: {length}"
            )));
        }
        if action.id.is_none() && matches!(verb, "delete" | "update") {
            return Err(validation("id is missing"));
        }
        Ok(action)
    }

    fn metadatum(
        &self,
        action: &mut Action<'_>,
        default_index: Option<&str>,
        (name, value): (&str, &Value),
        number: usize,
    ) -> Result<(), Failure> {
        match name {
            "_index" => {
                let index = value.as_str().unwrap_or_default();
                if default_index.is_some_and(|path| path != index) && !self.allow_explicit_index {
                    return Err(Failure::illegal_argument("explicit index in bulk is not allowed"));
                }
                index.clone_into(&mut action.index);
            }
            "_id" => {
                action.id = match value {
                    Value::Null => None,
                    Value::String(text) => Some(text.clone()),
                    other => Some(other.to_string()),
                };
            }
            "if_seq_no" => action.condition.seq_no = value.as_u64(),
            "if_primary_term" => action.condition.primary_term = value.as_u64(),
            "retry_on_conflict" | "require_alias" if value == &json!(false) || value.is_u64() => {}
            "routing" | "version" | "version_type" | "pipeline" | "require_alias"
            | "retry_on_conflict" => {
                return Err(Failure::outside_subset(&format!("[{name}] of a bulk action")));
            }
            other => {
                return Err(Failure::illegal_argument(format!(
                    "Action/metadata line [{number}] contains an unknown parameter [{other}]"
                )));
            }
        }
        Ok(())
    }

    fn act(&mut self, now: Timestamp, action: Action<'_>) -> BulkItem {
        let id = action.id.clone().unwrap_or_else(|| self.new_id());
        let mut item = BulkItem {
            verb: action.verb,
            index: action.index.clone(),
            id,
            status: 200,
            result: "",
            error: None,
            written: None,
            shards: Value::Null,
            refreshed: false,
        };
        match self.write(now, &action, &mut item) {
            Ok((written, result)) => {
                item.status = match result {
                    "created" => 201,
                    "not_found" => 404,
                    _ => 200,
                };
                item.result = result;
                item.written = Some(written);
            }
            Err(failure) => {
                item.status = failure.status();
                item.error = Some(failure);
            }
        }
        item
    }

    fn write(
        &mut self,
        now: Timestamp,
        action: &Action<'_>,
        item: &mut BulkItem,
    ) -> Result<(Written, &'static str), Failure> {
        let index = self.write_index(now, &action.index)?;
        item.index.clone_from(&index.name);
        item.shards = index.write_shards();
        match action.verb {
            "delete" => {
                let written = index.delete(now, &item.id, action.condition)?;
                Ok((written, if written.existed { "deleted" } else { "not_found" }))
            }
            "update" => {
                let body: Value =
                    serde_json::from_slice(action.source).map_err(|error| Failure::json(&error))?;
                update::apply(index, now, &item.id, &body, action.condition)
            }
            verb => {
                let op = if verb == "create" { OpType::Create } else { OpType::Index };
                let written = index.put(now, &item.id, action.source, op, action.condition)?;
                Ok((written, if written.existed { "updated" } else { "created" }))
            }
        }
    }
}

/// The name of a JSON token as OpenSearch's parser tells it.
fn token(value: &Value) -> &'static str {
    match value {
        Value::Null => "VALUE_NULL",
        Value::Bool(_) => "VALUE_BOOLEAN",
        Value::Number(_) => "VALUE_NUMBER",
        Value::String(_) => "VALUE_STRING",
        Value::Array(_) => "START_ARRAY",
        Value::Object(_) => "START_OBJECT",
    }
}

fn validation(what: &str) -> Failure {
    Failure::new(
        400,
        "action_request_validation_exception",
        format!("Validation Failed: 1: {what};"),
    )
}
