//! Rules, and their names.

use std::collections::BTreeMap;

use super::bus::{BusKey, check_bus, named};
use super::error::no_rule;
use super::pattern::Pattern;
use super::target::Target;
use crate::kernel::{Access, Caller, ServiceError, Validation, World};
use std::sync::Arc;

/// The states of rules, in AWS's order.
pub(super) const STATES: &[&str] =
    &["ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"];

/// A rule.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Rule {
    /// Its name.
    pub(super) name: String,
    /// Its ARN.
    pub(super) arn: String,
    /// Its pattern, as it was given and ready to be asked.
    pub(super) pattern: Option<(String, Pattern)>,
    /// Its schedule, as it was given.
    pub(super) schedule: Option<String>,
    /// One of [`STATES`].
    pub(super) state: String,
    /// What it is for.
    pub(super) description: Option<String>,
    /// The role that its targets may be reached with.
    pub(super) role_arn: Option<String>,
    /// Its tags.
    pub(super) tags: BTreeMap<String, String>,
    /// Its targets, by their ids.
    pub(super) targets: BTreeMap<String, Arc<Target>>,
}

impl Rule {
    /// Whether it is asked about events.
    pub(super) fn is_enabled(&self) -> bool {
        self.state != "DISABLED"
    }
}

/// Checks the shape of a rule's name, and that of its bus.
pub(super) fn check(
    validation: &mut Validation,
    path: &str,
    name: Option<&String>,
    bus: Option<&String>,
) {
    validation.required(path, name);
    if let Some(name) = name {
        validation.length(path, name, 1, 64);
        validation.pattern(path, name, r"[\.\-_A-Za-z0-9]+", |c| {
            c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')
        });
    }
    check_bus(validation, "eventBusName", bus.map(String::as_str));
}

/// The rule that a request names, once its shape is right.
#[derive(Debug, Clone)]
pub(super) struct Named {
    /// Its bus.
    pub(super) bus: BusKey,
    /// Its name.
    pub(super) rule: String,
    /// Its ARN.
    pub(super) arn: String,
}

impl Named {
    /// The rule that a request names; the policies are asked for `action` on it.
    ///
    /// # Errors
    /// `ValidationException`, `AccessDeniedException`.
    pub(super) fn read(
        world: &mut World,
        caller: &Caller,
        action: &str,
        path: &str,
        name: Option<&String>,
        bus: Option<&String>,
    ) -> Result<Self, ServiceError> {
        let mut validation = Validation::new();
        check(&mut validation, path, name, bus);
        validation.finish()?;
        let named = Self::of(caller, name, bus);
        world.authorize(caller, Access::to(action, &named.arn))?;
        Ok(named)
    }

    /// The rule that a request names; its shape was checked.
    pub(super) fn of(caller: &Caller, name: Option<&String>, bus: Option<&String>) -> Self {
        let bus = named(caller, bus.map(String::as_str));
        let rule = name.cloned().unwrap_or_default();
        Self { arn: bus.rule_arn(&rule), bus, rule }
    }

    /// The rule itself.
    ///
    /// # Errors
    /// `ResourceNotFoundException`.
    pub(super) fn find(&self, world: &mut World) -> Result<Arc<Rule>, ServiceError> {
        let rule = world.bus_mut(&self.bus)?.rules.get(&self.rule);
        rule.cloned().ok_or_else(|| no_rule(&self.rule, &self.bus.name))
    }

    /// Changes the rule.
    ///
    /// # Errors
    /// `ResourceNotFoundException`.
    pub(super) fn change<T>(
        &self,
        world: &mut World,
        change: impl FnOnce(&mut Rule) -> T,
    ) -> Result<T, ServiceError> {
        let rule = world.bus_mut(&self.bus)?.rules.get_mut(&self.rule);
        let rule = rule.ok_or_else(|| no_rule(&self.rule, &self.bus.name))?;
        Ok(change(Arc::make_mut(rule)))
    }
}
