//! The organisation that a scenario declares.

use serde::Deserialize;
use tributary_emulator::iam::{
    ControlPolicies, FULL_AWS_ACCESS, Member, Organization, OrganizationError, Unit,
    declare_organization,
};

use super::{Plan, Policies, fill};
use crate::driver::SharedCore;

/// The organisation of a scenario: the master manages it, and one unit holds all members.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganizationFile {
    /// `o-` and 10 to 32 lower-case letters or digits.
    pub id: String,
    /// Service control policies of the members' unit, by file; beside `FullAWSAccess`.
    #[serde(default)]
    pub scps: Vec<String>,
    /// Resource control policies of the members' unit, by file.
    #[serde(default)]
    pub rcps: Vec<String>,
    /// Whether `FullAWSAccess` is attached, as it is on AWS until somebody takes it off.
    #[serde(default = "attached")]
    pub full_aws_access: bool,
}

const fn attached() -> bool {
    true
}

/// Why an organisation cannot be declared.
#[derive(Debug, thiserror::Error)]
pub enum OrganizationFileError {
    /// A document is missing.
    #[error("the organisation names policies/{0}, and the scenario has no such document")]
    Missing(String),
    /// AWS would not have it.
    #[error("the organisation cannot be: {0}")]
    Invalid(#[from] OrganizationError),
}

/// What a lab's organisation is made of.
#[derive(Debug, Clone)]
pub(crate) enum OrganizationPlan {
    /// As a scenario says it.
    File(OrganizationFile),
    /// As a test says it.
    Whole(Organization),
}

/// Declares the plan's organisation, if it has one.
///
/// # Errors
/// When a document is missing or malformed.
pub(super) fn declare(core: &SharedCore, plan: &Plan) -> Result<(), OrganizationFileError> {
    let organization = match &plan.organization {
        None => return Ok(()),
        Some(OrganizationPlan::Whole(whole)) => whole.clone(),
        Some(OrganizationPlan::File(file)) => of_file(file, plan)?,
    };
    core.lock().with_world(|world| declare_organization(world, organization))?;
    Ok(())
}

fn of_file(file: &OrganizationFile, plan: &Plan) -> Result<Organization, OrganizationFileError> {
    let read = |names: &[String]| -> Result<Vec<(String, String)>, OrganizationFileError> {
        names
            .iter()
            .map(|name| {
                let raw = Policies::raw(&plan.policies, name);
                let raw = raw.ok_or_else(|| OrganizationFileError::Missing(name.clone()))?;
                Ok((name.clone(), fill(raw, &plan.accounts, &plan.names.region)))
            })
            .collect()
    };
    let mut scps = read(&file.scps)?;
    if file.full_aws_access {
        scps.insert(0, ("FullAWSAccess".to_owned(), FULL_AWS_ACCESS.to_owned()));
    }
    let everybody = plan.accounts.members.iter();
    let members = Unit {
        id: "ou-tributary-members00".to_owned(),
        policies: ControlPolicies { scps, rcps: read(&file.rcps)? },
        accounts: everybody
            .map(|account| Member { account: *account, policies: ControlPolicies::default() })
            .collect(),
        units: Vec::new(),
    };
    let root = Unit { id: "r-trib".to_owned(), units: vec![members], ..Unit::default() };
    let id = file.id.clone();
    Ok(Organization { id, management_account: plan.accounts.master, root })
}
