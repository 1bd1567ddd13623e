//! Who calls: the block of `userIdentity`, written once and used by every record of a session.

use crate::glyphs;

use super::agent::Agent;

/// A principal at work with one set of credentials. Buffers are kept when a session is renewed.
#[derive(Debug, Clone, Default)]
pub(super) struct Session {
    /// `{"type":…}`.
    pub(super) identity: String,
    pub(super) arn: String,
    /// The user's or the principal's name.
    pub(super) name: String,
    pub(super) session_name: String,
    pub(super) access_key: String,
    /// Where the calls come from: an address, or a service's name.
    pub(super) address: String,
    pub(super) account: String,
    pub(super) role: String,
    pub(super) role_id: String,
    pub(super) role_arn: String,
    /// The private address of an instance whose role this is.
    pub(super) host: String,
    pub(super) agent: Agent,
    pub(super) created_s: i64,
    pub(super) expires_s: i64,
    /// A service calls: no TLS details, and the agent is the service.
    pub(super) invoked: bool,
    /// The console calls.
    pub(super) console: bool,
    pub(super) mfa: bool,
    pub(super) tls: u8,
    /// The caller is of another account: records carry a shared event id.
    pub(super) foreign: bool,
}

/// A role with everything that its sessions show of it.
#[derive(Debug, Clone, Default)]
pub(super) struct RoleFacts {
    pub(super) account: String,
    pub(super) name: String,
    pub(super) path: String,
    pub(super) id: String,
}

/// What a session of a role has beside the role.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Issue<'a> {
    pub(super) session_name: &'a str,
    pub(super) created_s: i64,
    pub(super) lasts_s: i64,
    pub(super) key: u64,
    pub(super) mfa: bool,
    /// `ec2RoleDelivery`, for instances.
    pub(super) instance: bool,
    pub(super) invoked_by: Option<&'static str>,
    /// The provider of a web identity.
    pub(super) provider: Option<&'a str>,
}

/// Appends an access key of this kind to a cleared buffer.
pub(super) fn key_text(buffer: &mut String, prefix: &str, key: u64) {
    let mut bytes = std::mem::take(buffer).into_bytes();
    bytes.clear();
    bytes.extend_from_slice(prefix.as_bytes());
    glyphs::base32(&mut bytes, key, 16, glyphs::BASE32);
    *buffer = crate::text::ascii(bytes);
}

/// Puts these parts into a cleared buffer.
pub(super) fn compose(buffer: &mut String, parts: &[&str]) {
    buffer.clear();
    for part in parts {
        buffer.push_str(part);
    }
}

impl Session {
    /// The session of a role that begins now.
    pub(super) fn assume(&mut self, role: &RoleFacts, issue: &Issue<'_>) {
        let RoleFacts { account, name, path, id } = role;
        let session = issue.session_name;
        compose(&mut self.account, &[account]);
        compose(&mut self.role, &[name]);
        compose(&mut self.role_id, &[id]);
        compose(&mut self.session_name, &[session]);
        compose(&mut self.role_arn, &["arn:aws:iam::", account, ":role", path, name]);
        compose(&mut self.arn, &["arn:aws:sts::", account, ":assumed-role/", name, "/", session]);
        key_text(&mut self.access_key, "ASIA", issue.key);
        self.created_s = issue.created_s;
        self.expires_s = issue.created_s + issue.lasts_s;
        self.mfa = issue.mfa;
        self.invoked = issue.invoked_by.is_some();
        let created = glyphs::second(issue.created_s);
        let created = std::str::from_utf8(&created).unwrap_or_default();
        let mut text = std::mem::take(&mut self.identity);
        compose(
            &mut text,
            &[
                r#"{"type":"AssumedRole","principalId":""#,
                id,
                ":",
                session,
                r#"","arn":""#,
                &self.arn,
                r#"","accountId":""#,
                account,
                r#"","accessKeyId":""#,
                &self.access_key,
                r#"","sessionContext":{"sessionIssuer":{"type":"Role","principalId":""#,
                id,
                r#"","arn":""#,
                &self.role_arn,
                r#"","accountId":""#,
                account,
                r#"","userName":""#,
                name,
                r#""},"webIdFederationData":{"#,
            ],
        );
        if let Some(provider) = issue.provider {
            let arn = ["arn:aws:iam::", account, ":oidc-provider/", provider].concat();
            text.push_str(r#""federatedProvider":""#);
            text.push_str(&arn);
            text.push_str(r#"","attributes":{}"#);
        }
        text.push_str(r#"},"attributes":{"creationDate":""#);
        text.push_str(created);
        text.push_str(r#"","mfaAuthenticated":""#);
        text.push_str(if issue.mfa { "true\"}" } else { "false\"}" });
        if issue.instance {
            text.push_str(r#","ec2RoleDelivery":"2.0""#);
        }
        text.push('}');
        if let Some(service) = issue.invoked_by {
            text.push_str(r#","invokedBy":""#);
            text.push_str(service);
            text.push('"');
            compose(&mut self.address, &[service]);
        }
        text.push('}');
        self.identity = text;
    }

    /// A user with a long-term key, or with a session of it.
    pub(super) fn user(&mut self, account: &str, name: &str, user_id: &str, key: &str) {
        compose(&mut self.account, &[account]);
        compose(&mut self.name, &[name]);
        compose(&mut self.session_name, &[name]);
        compose(&mut self.access_key, &[key]);
        compose(&mut self.arn, &["arn:aws:iam::", account, ":user/", name]);
        self.created_s = 0;
        self.expires_s = i64::MAX;
        let (arn, mut text) = (self.arn.clone(), std::mem::take(&mut self.identity));
        compose(
            &mut text,
            &[
                r#"{"type":"IAMUser","principalId":""#,
                user_id,
                r#"","arn":""#,
                &arn,
                r#"","accountId":""#,
                account,
                // Who signs in has no key yet.
                if key.is_empty() { "" } else { r#"","accessKeyId":""# },
                key,
                r#"","userName":""#,
                name,
                r#""}"#,
            ],
        );
        self.identity = text;
    }

    /// The same user (or root) in a session of the console, with its time and its second factor.
    pub(super) fn in_console(&mut self, created_s: i64, mfa: bool, key: u64) {
        let mut fresh = String::new();
        key_text(&mut fresh, "ASIA", key);
        let created = glyphs::second(created_s);
        let created = std::str::from_utf8(&created).unwrap_or_default();
        let old = [r#""accessKeyId":""#, &self.access_key, "\""].concat();
        let new = [r#""accessKeyId":""#, &fresh, "\""].concat();
        self.identity = self.identity.replace(&old, &new);
        self.identity.pop();
        let mfa_text = if mfa { "true" } else { "false" };
        for part in [
            r#","sessionContext":{"attributes":{"creationDate":""#,
            created,
            r#"","mfaAuthenticated":""#,
            mfa_text,
            r#""}}}"#,
        ] {
            self.identity.push_str(part);
        }
        self.access_key = fresh;
        (self.created_s, self.expires_s) = (created_s, created_s + 12 * 3_600);
        (self.console, self.mfa) = (true, mfa);
    }

    /// The account's root, in the console.
    pub(super) fn root(&mut self, account: &str, created_s: i64, key: u64) {
        compose(&mut self.account, &[account]);
        compose(&mut self.name, &["root"]);
        compose(&mut self.arn, &["arn:aws:iam::", account, ":root"]);
        key_text(&mut self.access_key, "ASIA", !key);
        let identity = [
            r#"{"type":"Root","principalId":""#,
            account,
            r#"","arn":""#,
            &self.arn,
            r#"","accountId":""#,
            account,
            r#"","accessKeyId":""#,
            &self.access_key,
            r#""}"#,
        ]
        .concat();
        self.identity = identity;
        self.in_console(created_s, true, key);
    }

    /// A federated user of an IAM user.
    pub(super) fn federated(&mut self, of: &Session, of_id: &str, name: &str, issue: &Issue<'_>) {
        let account = of.account.clone();
        compose(&mut self.account, &[&account]);
        compose(&mut self.session_name, &[name]);
        compose(&mut self.arn, &["arn:aws:sts::", &account, ":federated-user/", name]);
        key_text(&mut self.access_key, "ASIA", issue.key);
        let created = glyphs::second(issue.created_s);
        let created = std::str::from_utf8(&created).unwrap_or_default();
        self.identity = [
            r#"{"type":"FederatedUser","principalId":""#,
            &account,
            ":",
            name,
            r#"","arn":""#,
            &self.arn,
            r#"","accountId":""#,
            &account,
            r#"","accessKeyId":""#,
            &self.access_key,
            r#"","sessionContext":{"sessionIssuer":{"type":"IAMUser","principalId":""#,
            of_id,
            r#"","arn":""#,
            &of.arn,
            r#"","accountId":""#,
            &account,
            r#"","userName":""#,
            &of.name,
            r#""},"webIdFederationData":{},"attributes":{"creationDate":""#,
            created,
            r#"","mfaAuthenticated":"false"}}}"#,
        ]
        .concat();
        (self.created_s, self.expires_s) = (issue.created_s, issue.created_s + issue.lasts_s);
    }

    /// An AWS service that calls as itself.
    pub(super) fn service(service: &'static str) -> Self {
        Self {
            identity: [r#"{"type":"AWSService","invokedBy":""#, service, r#""}"#].concat(),
            address: service.to_owned(),
            name: service.to_owned(),
            invoked: true,
            agent: Agent::Service,
            expires_s: i64::MAX,
            ..Self::default()
        }
    }

    /// A principal of another account, as the account that is called sees it.
    pub(super) fn foreign(account: &str, principal: &str, address: &str, agent: Agent) -> Self {
        Self {
            identity: [
                r#"{"type":"AWSAccount","principalId":""#,
                principal,
                r#"","accountId":""#,
                account,
                r#""}"#,
            ]
            .concat(),
            account: account.to_owned(),
            name: principal.to_owned(),
            address: address.to_owned(),
            agent,
            foreign: true,
            tls: 1,
            expires_s: i64::MAX,
            ..Self::default()
        }
    }
}
