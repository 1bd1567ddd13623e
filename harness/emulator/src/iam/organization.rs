//! A declared organisation: who is in it, and the policies over it.

use std::collections::BTreeMap;
use std::sync::Arc;

use tributary_vocabulary::AccountId;

use crate::kernel::World;
use crate::policy::{Context, MalformedPolicy, NamedPolicy, Policies, PolicyDocument, PolicyKind};

/// The service control policy that AWS attaches everywhere when such policies are switched on.
pub const FULL_AWS_ACCESS: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;
/// The resource control policy that is attached everywhere and cannot be taken away.
const RCP_FULL_AWS_ACCESS: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}"#;

/// An organisation, as a user declares it.
#[derive(Debug, Clone)]
pub struct Organization {
    /// `o-…`.
    pub id: String,
    /// The account that made it; no policy of the organisation binds it.
    pub management_account: AccountId,
    /// The root, `r-…`, with everybody in it; the management account lies in the root unless a
    /// unit lists it.
    pub root: Unit,
}

/// The root or an organisational unit.
#[derive(Debug, Clone, Default)]
pub struct Unit {
    /// `r-…` or `ou-…`.
    pub id: String,
    /// The policies attached to it.
    pub policies: ControlPolicies,
    /// The accounts that lie directly in it.
    pub accounts: Vec<Member>,
    /// The units that lie directly in it.
    pub units: Vec<Unit>,
}

/// An account in an organisation.
#[derive(Debug, Clone)]
pub struct Member {
    /// The account.
    pub account: AccountId,
    /// The policies attached to it.
    pub policies: ControlPolicies,
}

/// The policies attached to one place of an organisation.
#[derive(Debug, Clone, Default)]
pub struct ControlPolicies {
    /// Service control policies, by name and text. Empty stands for `FullAWSAccess`, which AWS
    /// attaches to every place and which has to be left in the list to stay in force.
    pub scps: Vec<(String, String)>,
    /// Resource control policies beside `RCPFullAWSAccess`, by name and text.
    pub rcps: Vec<(String, String)>,
}

/// Why an organisation could not be declared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OrganizationError {
    /// A policy is malformed.
    #[error("policy {name} of {place}: {}", .error.sentence())]
    Policy {
        /// The policy's name.
        name: String,
        /// The unit or account.
        place: String,
        /// What is wrong with it.
        error: MalformedPolicy,
    },
    /// An account stands in two places.
    #[error("account {0} stands twice in organisation {1}, or is in another one already")]
    Twice(AccountId, String),
    /// An id that is none.
    #[error("'{0}' is no id of an organisation: it begins with o-")]
    Id(String),
}

/// Where an account stands in its organisation.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Membership {
    organization: String,
    management_account: AccountId,
    /// `o-…/r-…/ou-…/`.
    path: String,
    scps: Vec<Vec<NamedPolicy>>,
    rcps: Vec<Vec<NamedPolicy>>,
}

/// Declares an organisation; one of the same id is replaced. From then on its policies bind its
/// accounts, and the condition keys of organisations are filled.
///
/// # Errors
/// [`OrganizationError`]; nothing is declared then.
pub fn declare_organization(
    world: &mut World,
    organization: Organization,
) -> Result<(), OrganizationError> {
    if !organization.id.starts_with("o-") {
        return Err(OrganizationError::Id(organization.id.clone()));
    }
    let mut survey = Survey { organization: &organization, members: BTreeMap::new() };
    survey.unit(&organization.root, &format!("{}/", organization.id), &[], &[])?;
    if !survey.members.contains_key(&organization.management_account) {
        let path = format!("{}/{}/", organization.id, organization.root.id);
        survey.add(organization.management_account, path, Vec::new(), Vec::new())?;
    }
    let members = survey.members;
    let memberships = &mut world.iam.memberships;
    let is_elsewhere = |account: &&AccountId| {
        memberships.get(account).is_some_and(|known| known.organization != organization.id)
    };
    if let Some(account) = members.keys().find(is_elsewhere) {
        return Err(OrganizationError::Twice(*account, organization.id.clone()));
    }
    memberships.retain(|_, membership| membership.organization != organization.id);
    memberships.extend(members.into_iter().map(|(account, m)| (account, Arc::new(m))));
    world.trace("organization", &organization.id, b"");
    Ok(())
}

type Levels = Vec<Vec<NamedPolicy>>;

struct Survey<'o> {
    organization: &'o Organization,
    members: BTreeMap<AccountId, Membership>,
}

impl Survey<'_> {
    fn unit(
        &mut self,
        unit: &Unit,
        above: &str,
        scps: &[Vec<NamedPolicy>],
        rcps: &[Vec<NamedPolicy>],
    ) -> Result<(), OrganizationError> {
        let path = format!("{above}{}/", unit.id);
        let (scps, rcps) = below(scps, rcps, &unit.policies, &unit.id)?;
        for member in &unit.accounts {
            let place = member.account.to_string();
            let (scps, rcps) = below(&scps, &rcps, &member.policies, &place)?;
            self.add(member.account, path.clone(), scps, rcps)?;
        }
        unit.units.iter().try_for_each(|unit| self.unit(unit, &path, &scps, &rcps))
    }

    fn add(
        &mut self,
        account: AccountId,
        path: String,
        scps: Levels,
        rcps: Levels,
    ) -> Result<(), OrganizationError> {
        let Organization { id, management_account, .. } = self.organization;
        let membership = Membership {
            organization: id.clone(),
            management_account: *management_account,
            path,
            scps,
            rcps,
        };
        match self.members.insert(account, membership) {
            None => Ok(()),
            Some(_) => Err(OrganizationError::Twice(account, id.clone())),
        }
    }
}

/// The levels above a place, and its own.
fn below(
    scps: &[Vec<NamedPolicy>],
    rcps: &[Vec<NamedPolicy>],
    policies: &ControlPolicies,
    place: &str,
) -> Result<(Levels, Levels), OrganizationError> {
    let full = [("FullAWSAccess".to_owned(), FULL_AWS_ACCESS.to_owned())];
    let own = if policies.scps.is_empty() { full.as_slice() } else { policies.scps.as_slice() };
    let mut scp_levels = scps.to_vec();
    scp_levels.push(level(own, PolicyKind::Scp, "SCP", place)?);
    let fixed = [("RCPFullAWSAccess".to_owned(), RCP_FULL_AWS_ACCESS.to_owned())];
    let mut own = level(&fixed, PolicyKind::Rcp, "RCP", place)?;
    own.extend(level(&policies.rcps, PolicyKind::Rcp, "RCP", place)?);
    let mut rcp_levels = rcps.to_vec();
    rcp_levels.push(own);
    Ok((scp_levels, rcp_levels))
}

fn level(
    policies: &[(String, String)],
    kind: PolicyKind,
    sort: &str,
    place: &str,
) -> Result<Vec<NamedPolicy>, OrganizationError> {
    let read = |(name, text): &(String, String)| match PolicyDocument::parse(text, kind) {
        Ok(document) => Ok(NamedPolicy {
            name: format!("{sort} {name} of {place}"),
            document: Arc::new(document),
        }),
        Err(error) => {
            Err(OrganizationError::Policy { name: name.clone(), place: place.to_owned(), error })
        }
    };
    policies.iter().map(read).collect()
}

/// Adds what the organisations of the caller's and of the resource's account say. The management
/// account is bound neither as caller nor as owner.
pub(crate) fn bind(
    world: &World,
    caller: Option<AccountId>,
    owner: AccountId,
    policies: &mut Policies,
) {
    let of = |account: &AccountId| {
        let membership = world.iam.memberships.get(account);
        membership.filter(|membership| membership.management_account != *account)
    };
    if let Some(membership) = caller.as_ref().and_then(of) {
        policies.scps.clone_from(&membership.scps);
    }
    if let Some(membership) = of(&owner) {
        policies.rcps.clone_from(&membership.rcps);
    }
}

/// The service control policies over an account, for a simulation.
pub(super) fn scps(world: &World, account: AccountId) -> Vec<Vec<NamedPolicy>> {
    let mut policies = Policies::default();
    bind(world, Some(account), account, &mut policies);
    policies.scps
}

/// Adds the keys of an account's organisation: `aws:PrincipalOrgID` and `aws:PrincipalOrgPaths`
/// for the prefix `Principal`, likewise `Resource` and `Source`.
pub(crate) fn tell(world: &World, prefix: &str, account: AccountId, context: Context) -> Context {
    let Some(membership) = world.iam.memberships.get(&account) else {
        return context;
    };
    context
        .with(&format!("aws:{prefix}OrgID"), membership.organization.as_str())
        .with_list(&format!("aws:{prefix}OrgPaths"), [membership.path.as_str()])
}
