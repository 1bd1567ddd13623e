//! The conditions of a statement: whether requests have the key, and whether the operator can
//! compare its values.

use super::catalogue::{KeyType, service};
use super::global_keys::GLOBAL_KEYS;
use super::resources::is_account;
use super::text::{ConditionText, StatementText};
use super::{Linter, nearest};
use crate::policy::condition::{Comparison, Operator, Quantifier};
use crate::policy::document::Effect;

impl Linter<'_> {
    /// Looks over every condition of a statement.
    pub(super) fn conditions(&mut self, statement: &StatementText) {
        for condition in &statement.conditions {
            let Some(operator) = Operator::parse(&condition.operator.text) else {
                continue;
            };
            match key_type(&condition.key.text) {
                Key::Known(kind) => {
                    if self.operator(condition, operator, kind) {
                        self.quantifier(statement, condition, operator, kind);
                        self.values(condition, operator, kind);
                    }
                }
                Key::Unknown => self.unknown_key(condition),
                Key::Untold => {}
            }
        }
    }

    fn unknown_key(&mut self, condition: &ConditionText) {
        let key = condition.key.text.as_str();
        let (prefix, _) = key.split_once(':').unwrap_or(("aws", key));
        let names = |keys: &[(&'static str, KeyType)]| -> Vec<&'static str> {
            keys.iter().map(|(name, _)| *name).collect()
        };
        let mut known = names(GLOBAL_KEYS);
        known.extend(service(prefix).map_or_else(Vec::new, |service| names(&service.keys)));
        let whole = if key.contains(':') { key.to_owned() } else { format!("aws:{key}") };
        let near = nearest(&whole, known.iter().copied());
        let mend = near.map_or_else(
            || "use a key that requests have, or remove the condition".to_owned(),
            |near| format!("did you mean {}?", near.replace("/*", "/…")),
        );
        let sentence = format!("no request has the condition key {key}");
        // The tables of service keys may lag behind; the global ones hardly ever grow.
        if prefix.eq_ignore_ascii_case("aws") || near.is_some() {
            self.error("condition.key", condition.key.at, sentence, mend);
        } else {
            self.warn("condition.key", condition.key.at, sentence, mend);
        }
    }

    /// Whether the operator compares values of the key's type; tells when it does not.
    fn operator(&mut self, condition: &ConditionText, operator: Operator, kind: KeyType) -> bool {
        use Comparison as C;
        let fits = matches!(
            (kind, operator.comparison),
            (_, C::Null)
                | (KeyType::List, _)
                | (KeyType::Arn, C::Arn)
                | (KeyType::Text | KeyType::Arn | KeyType::Flag, C::StringEquals)
                | (KeyType::Text | KeyType::Arn, C::StringEqualsIgnoreCase | C::StringLike)
                | (KeyType::Number | KeyType::Date, C::Numeric(_))
                | (KeyType::Date, C::Date(_))
                | (KeyType::Flag, C::Bool | C::StringEqualsIgnoreCase)
                | (KeyType::Address, C::Ip)
                | (KeyType::Text, C::Binary)
        );
        if fits {
            return true;
        }
        let (name, operators) = match kind {
            KeyType::Text | KeyType::List => ("a string", "StringEquals or StringLike"),
            KeyType::Arn => ("an ARN", "ArnEquals or ArnLike"),
            KeyType::Number => ("a number", "NumericEquals and its kin"),
            KeyType::Date => ("a moment", "DateLessThan and its kin"),
            KeyType::Flag => ("true or false", "Bool"),
            KeyType::Address => ("an address", "IpAddress"),
        };
        let (key, used) = (&condition.key.text, &condition.operator.text);
        let sentence = format!("{key} is {name}, and {used} compares something else");
        self.error(
            "condition.operator",
            condition.operator.at,
            sentence,
            format!("use {operators}"),
        );
        false
    }

    fn quantifier(
        &mut self,
        statement: &StatementText,
        condition: &ConditionText,
        operator: Operator,
        kind: KeyType,
    ) {
        let (key, used) = (&condition.key.text, &condition.operator.text);
        let at = condition.operator.at;
        match operator.quantifier {
            None if kind == KeyType::List && operator.comparison != Comparison::Null => {
                let sentence =
                    format!("{key} has many values, and {used} alone never matches them");
                let mend = format!("use ForAnyValue:{used} or ForAllValues:{used}");
                self.error("condition.quantifier", at, sentence, mend);
            }
            Some(Quantifier::All) if statement.effect == Effect::Allow => {
                let guarded = statement.conditions.iter().any(|other| {
                    other.operator.text == "Null" && other.key.text.eq_ignore_ascii_case(key)
                });
                if !guarded {
                    let sentence = format!("{used} is true of a request without {key}, too");
                    let mend =
                        format!("add \"Null\": {{\"{key}\": \"false\"}}, or use ForAnyValue");
                    self.warn("condition.for-all-values", at, sentence, mend);
                }
            }
            Some(Quantifier::Any) if kind != KeyType::List => {
                let sentence = format!("{key} has one value, {used} is for keys of many");
                let plain = used.split_once(':').map_or(used.as_str(), |(_, plain)| plain);
                self.warn("condition.quantifier", at, sentence, format!("use {plain}"));
            }
            _ => {}
        }
    }

    fn values(&mut self, condition: &ConditionText, operator: Operator, kind: KeyType) {
        let key = &condition.key.text;
        let literal = matches!(
            operator.comparison,
            Comparison::StringEquals | Comparison::StringEqualsIgnoreCase
        );
        for value in &condition.values {
            let text = value.text.replace("${*}", "").replace("${?}", "");
            if literal && text.contains(['*', '?']) {
                let sentence = format!(
                    "{} takes the wildcard in \"{}\" for itself",
                    condition.operator.text, value.text
                );
                let like = match kind {
                    KeyType::Arn => "ArnLike",
                    _ => "StringLike",
                };
                self.error("condition.wildcard", value.at, sentence, format!("use {like}"));
            } else if kind == KeyType::Arn {
                self.arn_value(value, key);
            } else if is_account_key(key) && !text.contains(['*', '?', '$']) && !is_account(&text) {
                let sentence = format!("{key} is an account id, and \"{text}\" is none");
                let mend = "write the account's 12 digits".to_owned();
                self.error("condition.value", value.at, sentence, mend);
            } else if key.eq_ignore_ascii_case("aws:RequestedRegion") {
                self.other_region(value, &value.text);
            }
        }
    }

    fn arn_value(&mut self, value: &super::text::Word, key: &str) {
        let is_arn = value.text.starts_with("arn:");
        if !is_arn && !value.text.starts_with(['*', '$']) {
            let sentence = format!("{key} is an ARN, and \"{}\" is none", value.text);
            let mend = "write arn:aws:service:REGION:ACCOUNT:resource".to_owned();
            return self.error("condition.value", value.at, sentence, mend);
        }
        if let Some(placeholder) = super::resources::placeholder(&value.text) {
            let sentence = format!("{placeholder} is left in {}", value.text);
            let mend = format!("write what {placeholder} stands for");
            return self.error("arn.placeholder", value.at, sentence, mend);
        }
        if is_arn {
            let region = value.text.split(':').nth(3).unwrap_or_default().to_owned();
            self.other_region(value, &region);
        }
    }
}

pub(super) fn is_multivalued(key: &str) -> bool {
    matches!(key_type(key), Key::Known(KeyType::List))
}

enum Key {
    Known(KeyType),
    Unknown,
    /// Of a service whose keys are in no table.
    Untold,
}

fn key_type(key: &str) -> Key {
    let Some((prefix, _)) = key.split_once(':') else {
        return Key::Unknown;
    };
    let same = |known: &str| match known.strip_suffix('*') {
        Some(start) => {
            key.len() > start.len()
                && key.get(..start.len()).is_some_and(|k| k.eq_ignore_ascii_case(start))
        }
        None => known.eq_ignore_ascii_case(key),
    };
    let of_service = service(prefix).map_or(&[][..], |service| service.keys.as_slice());
    let mut keys = GLOBAL_KEYS.iter().chain(of_service);
    match keys.find(|(known, _)| same(known)) {
        Some((_, kind)) => Key::Known(*kind),
        None if prefix.eq_ignore_ascii_case("aws") || !of_service.is_empty() => Key::Unknown,
        None => Key::Untold,
    }
}

fn is_account_key(key: &str) -> bool {
    ["aws:SourceAccount", "aws:PrincipalAccount", "aws:ResourceAccount", "s3:ResourceAccount"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(key))
}
