//! Event buses, and their names.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};
use tributary_vocabulary::{AccountId, Region, Timestamp};

use super::error::{invalid, no_bus};
use super::rule::Rule;
use crate::kernel::{ArnParts, Caller, ServiceError, Validation, World, arn};
use crate::policy::{NamedPolicy, PolicyDocument, PolicyKind, ResourceService};

/// The bus that every account has in every Region.
pub const DEFAULT_BUS: &str = "default";

/// Names an event bus.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct BusKey {
    /// The account that owns it.
    pub account: AccountId,
    /// The Region in which it lies.
    pub region: Region,
    /// Its name.
    pub name: String,
}

impl BusKey {
    /// The default bus of an account in a Region.
    #[must_use]
    pub fn default_of(account: AccountId, region: &Region) -> Self {
        Self { account, region: region.clone(), name: DEFAULT_BUS.to_owned() }
    }

    /// The key that the ARN of a bus names.
    #[must_use]
    pub fn from_arn(text: &str) -> Option<Self> {
        let parts = ArnParts::split(text)?;
        let name = parts.resource.strip_prefix("event-bus/")?;
        if parts.service != "events" || name.is_empty() {
            return None;
        }
        let (account, region) = (parts.account_id()?, parts.region.parse().ok()?);
        Some(Self { account, region, name: name.to_owned() })
    }

    /// `arn:aws:events:R:A:event-bus/NAME`.
    #[must_use]
    pub fn arn(&self) -> String {
        arn("events", &self.region, self.account, &format!("event-bus/{}", self.name))
    }

    /// The ARN of one of its rules; only that of a custom bus names the bus.
    #[must_use]
    pub fn rule_arn(&self, rule: &str) -> String {
        let resource = if self.name == DEFAULT_BUS {
            format!("rule/{rule}")
        } else {
            format!("rule/{}/{rule}", self.name)
        };
        arn("events", &self.region, self.account, &resource)
    }

    /// The bus and the name of the rule that an ARN names.
    pub(super) fn from_rule_arn(text: &str) -> Option<(Self, &str)> {
        let parts = ArnParts::split(text)?;
        let rest = parts.resource.strip_prefix("rule/")?;
        if parts.service != "events" {
            return None;
        }
        let (bus, rule) = rest.rsplit_once('/').unwrap_or((DEFAULT_BUS, rest));
        let (account, region) = (parts.account_id()?, parts.region.parse().ok()?);
        Some((Self { account, region, name: bus.to_owned() }, rule))
    }
}

/// An event bus.
#[derive(Debug, Default)]
pub struct Bus {
    /// What it is for.
    pub description: Option<String>,
    /// When it was made; the default bus always was.
    pub created: Timestamp,
    /// When it was last changed.
    pub modified: Timestamp,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
    /// The statements of its policy.
    pub(super) statements: Vec<Value>,
    /// Its policy, parsed.
    pub(super) policy: Option<NamedPolicy>,
    /// Its rules, by name.
    pub(super) rules: BTreeMap<String, Arc<Rule>>,
}

impl Bus {
    /// The text of its policy; `None` when it has none.
    pub(super) fn policy_text(&self) -> Option<String> {
        self.policy.as_ref().map(|policy| policy.document.text().to_owned())
    }

    /// Gives it these statements in place of its own.
    pub(super) fn set_statements(
        &mut self,
        key: &BusKey,
        statements: Vec<Value>,
    ) -> Result<(), ServiceError> {
        if statements.is_empty() {
            (self.statements, self.policy) = (statements, None);
            return Ok(());
        }
        let text = json!({ "Version": "2012-10-17", "Statement": statements }).to_string();
        self.set_policy(key, &text, statements)
    }

    /// Gives it this policy in place of its own.
    pub(super) fn set_policy(
        &mut self,
        key: &BusKey,
        text: &str,
        statements: Vec<Value>,
    ) -> Result<(), ServiceError> {
        let kind = PolicyKind::Resource(ResourceService::EventBus);
        let document = PolicyDocument::parse(text, kind)
            .map_err(|error| invalid(format!("Invalid policy: {}", error.sentence())))?;
        let name = format!("the policy of event bus {} ({})", key.name, key.account);
        self.policy = Some(NamedPolicy { name, document: Arc::new(document) });
        self.statements = statements;
        Ok(())
    }
}

impl World {
    /// The bus; the default one is there even if nothing was ever put on it.
    pub(super) fn bus_mut(&mut self, key: &BusKey) -> Result<&mut Bus, ServiceError> {
        if key.name == DEFAULT_BUS {
            return Ok(self.events.buses.entry(key.clone()).or_default());
        }
        self.events.buses.get_mut(key).ok_or_else(|| no_bus(&key.name))
    }
}

/// Checks the shape of a bus's name or ARN.
pub(super) fn check_bus(validation: &mut Validation, path: &str, name: Option<&str>) {
    let Some(name) = name else { return };
    validation.length(path, name, 1, 1600);
    let pattern =
        r"(arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:[0-9]{12}:event-bus\/)?[/\.\-_A-Za-z0-9]+";
    if name.starts_with("arn:") {
        if BusKey::from_arn(name).is_none() {
            let constraint = format!("Member must satisfy regular expression pattern: {pattern}");
            validation.fail(path, &name, &constraint);
        }
    } else {
        validation.pattern(path, name, pattern, |c| {
            c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '_')
        });
    }
}

/// The bus that a request names by name (the caller's own) or ARN; the default one when by nothing.
pub(super) fn named(caller: &Caller, name: Option<&str>) -> BusKey {
    let name = name.unwrap_or(DEFAULT_BUS);
    BusKey::from_arn(name).unwrap_or_else(|| BusKey {
        account: caller.account,
        region: caller.region.clone(),
        name: name.to_owned(),
    })
}
