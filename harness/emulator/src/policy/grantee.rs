//! The `Principal` element of a statement: whom it is about.

use tributary_vocabulary::AccountId;

use super::context::ContextValue;
use super::facts::{Facts, arn_account};
use super::principal::{Principal, last_segment};

/// One principal that a statement names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Grantee {
    /// `"*"` or `{"AWS": "*"}`.
    Everyone,
    /// An account id or the ARN of its root: the whole account, which decides for itself.
    Account(AccountId),
    /// A user, by ARN.
    User {
        /// The account.
        account: AccountId,
        /// The name with its path.
        name: String,
    },
    /// A role, by ARN: its sessions.
    Role {
        /// The account.
        account: AccountId,
        /// The name with its path.
        name: String,
    },
    /// One session of a role, by ARN.
    Session {
        /// The account.
        account: AccountId,
        /// The role's name.
        role: String,
        /// The session's name.
        session: String,
    },
    /// The unique id of a user or role (`AIDA…`, `AROA…`), compared with `aws:userid`.
    UniqueId(String),
    /// A service.
    Service(String),
    /// An identity provider; no caller of ours has one.
    Federated(String),
    /// The canonical id of an account in S3, compared with `aws:CanonicalUserId`.
    CanonicalUser(String),
    /// A value that stands under `AWS` and can match nobody.
    Nobody(String),
}

/// How a grantee speaks of the caller, from nothing to by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Naming {
    /// Not at all.
    Not,
    /// By account: the account still has to permit it.
    Account,
    /// By the role of the session: boundary and session policy still limit it.
    Role,
    /// By name, or as everyone.
    Direct,
}

impl Grantee {
    /// Reads a value under `"AWS"`; `None` when it is no principal.
    pub(super) fn aws(text: &str) -> Option<Self> {
        if text == "*" {
            return Some(Self::Everyone);
        }
        if let Ok(account) = text.parse() {
            return Some(Self::Account(account));
        }
        if !text.starts_with("arn:") {
            let is_id = text.len() >= 16
                && ["AIDA", "AROA"].iter().any(|prefix| text.starts_with(prefix))
                && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
            return is_id.then(|| Self::UniqueId(text.to_owned()));
        }
        if text.contains(['*', '?']) {
            return None;
        }
        match Principal::parse(text) {
            // Callers live in one partition; a principal of another is somebody else.
            Ok(_) if !text.starts_with("arn:aws:") => Some(Self::Nobody(text.to_owned())),
            Ok(Principal::Root { account }) => Some(Self::Account(account)),
            Ok(Principal::User { account, name }) => Some(Self::User { account, name }),
            Ok(Principal::Role { account, name }) => Some(Self::Role { account, name }),
            Ok(Principal::Session { account, role, session }) => {
                Some(Self::Session { account, role, session })
            }
            Ok(Principal::Service { .. } | Principal::Anonymous) => None,
            Err(_) => {
                let federated = arn_account(text).is_some()
                    && text.splitn(6, ':').nth(5).is_some_and(|r| r.starts_with("federated-user/"));
                federated.then(|| Self::Nobody(text.to_owned()))
            }
        }
    }

    /// How this grantee speaks of the caller. `for_roles` is true in a trust policy, where
    /// everyone means every principal that has an account.
    pub(super) fn names(&self, facts: &Facts<'_>, for_roles: bool) -> Naming {
        let caller = facts.request.principal;
        let direct = |found: bool| if found { Naming::Direct } else { Naming::Not };
        match self {
            Self::Everyone => direct(!for_roles || caller.account().is_some()),
            Self::Account(account) if caller.account() == Some(*account) => match caller {
                Principal::Root { .. } => Naming::Direct,
                _ => Naming::Account,
            },
            Self::User { account, name } => direct(
                matches!(caller, Principal::User { account: a, name: n } if a == account && n == name),
            ),
            Self::Role { account, name } => match caller {
                Principal::Session { account: a, role, .. }
                    if a == account && same_role(name, role) =>
                {
                    Naming::Role
                }
                Principal::Role { account: a, name: n } if a == account && n == name => {
                    Naming::Role
                }
                _ => Naming::Not,
            },
            Self::Session { account, role, session } => direct(matches!(
                caller,
                Principal::Session { account: a, role: r, session: s }
                    if a == account && s == session && last_segment(r) == last_segment(role)
            )),
            Self::UniqueId(id) => unique_id(id, facts),
            Self::Service(name) => match caller {
                Principal::Service { name: caller } => direct(same_service(name, caller, facts)),
                _ => Naming::Not,
            },
            Self::CanonicalUser(id) => direct(matches!(
                facts.request.context.get("aws:canonicaluserid"),
                Some(ContextValue::Single(found)) if found == id
            )),
            Self::Account(_) | Self::Federated(_) | Self::Nobody(_) => Naming::Not,
        }
    }

    /// Whether a `NotPrincipal` list that holds `listed` spares the caller. A caller is its
    /// account, its role and itself, and every one of them has to be listed (IAM guide,
    /// "NotPrincipal": "you must also specify the account ARN").
    pub(super) fn list_spares(listed: &[Self], facts: &Facts<'_>, for_roles: bool) -> bool {
        let highest = listed.iter().map(|grantee| grantee.names(facts, for_roles)).max();
        let lists = |naming: Naming| listed.iter().any(|g| g.names(facts, for_roles) == naming);
        let everyone = listed.contains(&Self::Everyone);
        match facts.request.principal {
            Principal::Session { .. } => {
                everyone || lists(Naming::Direct) && lists(Naming::Role) && lists(Naming::Account)
            }
            Principal::User { .. } => everyone || lists(Naming::Direct) && lists(Naming::Account),
            _ => highest.is_some_and(|naming| naming > Naming::Not),
        }
    }

    /// The grantee as a report names it.
    #[must_use]
    pub fn display(&self) -> String {
        match self {
            Self::Everyone => "everyone".into(),
            Self::Account(account) => account.to_string(),
            Self::User { account, name } => format!("arn:aws:iam::{account}:user/{name}"),
            Self::Role { account, name } => format!("arn:aws:iam::{account}:role/{name}"),
            Self::Session { account, role, session } => {
                format!("arn:aws:sts::{account}:assumed-role/{role}/{session}")
            }
            Self::UniqueId(text)
            | Self::Service(text)
            | Self::Federated(text)
            | Self::CanonicalUser(text)
            | Self::Nobody(text) => text.clone(),
        }
    }
}

/// A role's name is unique in its account whatever its path, so a session whose path is not
/// known is told by the name.
fn same_role(named: &str, role: &str) -> bool {
    named == role || !role.contains('/') && last_segment(named) == role
}

fn unique_id(id: &str, facts: &Facts<'_>) -> Naming {
    let Some(ContextValue::Single(user_id)) = facts.request.context.get("aws:userid") else {
        return Naming::Not;
    };
    match user_id.split_once(':') {
        Some((role, _)) if role == id => Naming::Role,
        None if user_id == id => Naming::Direct,
        _ => Naming::Not,
    }
}

/// Some services have a name for each region beside the global one, and go by both: they match
/// when the region is the call's, or when the call does not tell.
fn same_service(named: &str, caller: &str, facts: &Facts<'_>) -> bool {
    if named == caller {
        return true;
    }
    let (service, region) = split_region(named);
    let (caller_service, caller_region) = split_region(caller);
    if service != caller_service {
        return false;
    }
    match (region, caller_region) {
        (Some(region), None) => call_region(facts).is_none_or(|of_call| of_call == region),
        (None, Some(_)) => true,
        _ => region == caller_region,
    }
}

/// `logs.us-east-1.amazonaws.com` → (`logs`, `us-east-1`).
fn split_region(name: &str) -> (&str, Option<&str>) {
    let prefix = name.strip_suffix(".amazonaws.com").unwrap_or(name);
    match prefix.rsplit_once('.') {
        Some((service, region)) if is_region(region) => (service, Some(region)),
        _ => (prefix, None),
    }
}

/// A region is words of letters with a number at the end: `us-gov-west-1`.
fn is_region(text: &str) -> bool {
    let mut words = text.split('-');
    let last = words.next_back().unwrap_or("");
    last.parse::<u8>().is_ok()
        && words.clone().count() >= 2
        && words.all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase()))
}

fn call_region<'a>(facts: &Facts<'a>) -> Option<&'a str> {
    let single = |key: &str| match facts.request.context.get(key) {
        Some(ContextValue::Single(value)) => Some(value.as_str()),
        _ => None,
    };
    single("aws:requestedregion").or_else(|| {
        let region = single("aws:sourcearn")?.split(':').nth(3)?;
        is_region(region).then_some(region)
    })
}
