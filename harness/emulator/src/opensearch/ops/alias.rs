//! Aliases: `POST /_aliases`, `GET _alias`, `PUT` and `DELETE /index/_alias/name`.

use serde_json::{Map, Value, json};

use super::{Answer, acknowledged, body};
use crate::opensearch::aliases::AliasProperties;
use crate::opensearch::engine::Engine;
use crate::opensearch::error::Failure;
use crate::opensearch::http::{HttpRequest, HttpResponse};
use crate::opensearch::targets::{Leniency, resolve};
use crate::opensearch::wildcard;

/// Does a list of actions, all or none.
pub(in super::super) fn change(engine: &mut Engine, request: &HttpRequest) -> Answer {
    let body = body(request)?;
    let actions = body["actions"].as_array().ok_or_else(|| {
        Failure::new(
            400,
            "action_request_validation_exception",
            "Validation Failed: 1: Must specify at least one alias action;",
        )
    })?;
    if actions.is_empty() {
        return Err(Failure::illegal_argument("No action specified"));
    }
    let mut steps = Vec::new();
    for action in actions {
        let members = action.as_object().into_iter().flatten().next();
        let Some((verb, of)) = members else {
            return Err(Failure::parsing("[aliases] an action needs a verb"));
        };
        let names = names(of, "index", "indices");
        let indices = resolve(engine, Some(&names.join(",")), Leniency::USUAL)?;
        steps.push((verb.clone(), indices, self::names(of, "alias", "aliases"), of.clone()));
    }
    for (verb, indices, aliases, of) in steps {
        for index in &indices {
            match verb.as_str() {
                "add" => {
                    for alias in &aliases {
                        check_name(engine, alias)?;
                        engine.aliases.add(alias, index, AliasProperties::parse(&of)?);
                    }
                }
                "remove" => {
                    for alias in &aliases {
                        engine.aliases.remove(alias, index);
                    }
                }
                "remove_index" => {
                    engine.indices.remove(index);
                    engine.aliases.forget(index);
                }
                other => {
                    return Err(Failure::parsing(format!(
                        "[alias_action] unknown field [{other}]"
                    )));
                }
            }
        }
    }
    Ok(acknowledged())
}

fn names(of: &Value, one: &str, many: &str) -> Vec<String> {
    let single = of.get(one).and_then(Value::as_str).map(str::to_owned);
    let list = of.get(many).and_then(Value::as_array).into_iter().flatten();
    single.into_iter().chain(list.filter_map(Value::as_str).map(str::to_owned)).collect()
}

/// Tells the aliases of indices, all or those of a pattern.
pub(in super::super) fn get(
    engine: &Engine,
    request: &HttpRequest,
    targets: Option<&str>,
    alias: Option<&str>,
) -> Answer {
    let mut out = Map::new();
    for name in resolve(engine, targets, Leniency::of(request)?)? {
        let Value::Object(mut aliases) = engine.aliases.render(&name) else { continue };
        if let Some(pattern) = alias {
            aliases.retain(|alias, _| wildcard::simple(pattern, alias));
            if aliases.is_empty() {
                continue;
            }
        }
        out.insert(name, json!({ "aliases": aliases }));
    }
    match alias {
        Some(name) if out.is_empty() && !name.contains('*') => {
            let error = format!("alias [{name}] missing");
            Ok(HttpResponse::json(404, &json!({ "error": error, "status": 404 })))
        }
        _ => Ok(HttpResponse::ok(&Value::Object(out))),
    }
}

/// Points an alias to indices.
pub(in super::super) fn add(
    engine: &mut Engine,
    request: &HttpRequest,
    targets: &str,
    alias: &str,
) -> Answer {
    let of = AliasProperties::parse(&body(request)?)?;
    check_name(engine, alias)?;
    for index in resolve(engine, Some(targets), Leniency::USUAL)? {
        engine.aliases.add(alias, &index, of);
    }
    Ok(acknowledged())
}

/// An alias cannot have the name of an index.
fn check_name(engine: &Engine, alias: &str) -> Result<(), Failure> {
    if !engine.indices.contains_key(alias) {
        return Ok(());
    }
    let reason =
        format!("Invalid alias name [{alias}], an index exists with the same name as the alias");
    Err(Failure::new(400, "invalid_alias_name_exception", reason))
}

/// Takes indices from an alias.
pub(in super::super) fn remove(engine: &mut Engine, targets: &str, alias: &str) -> Answer {
    let mut removed = false;
    for index in resolve(engine, Some(targets), Leniency::USUAL)? {
        removed |= engine.aliases.remove(alias, &index);
    }
    if removed {
        return Ok(acknowledged());
    }
    let reason = format!("aliases [{alias}] missing");
    Err(Failure::new(404, "aliases_not_found_exception", reason)
        .with("resource.type", "aliases")
        .with("resource.id", alias))
}
