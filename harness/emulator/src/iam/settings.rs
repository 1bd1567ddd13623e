//! What may be set, where AWS's own rule would get in the way of working locally.

/// The settings of IAM and STS.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Whether the root of an account may assume roles. AWS refuses it; here the 12-digit key,
    /// which is an account's root, is the credential one has before any user exists.
    pub root_assumes_roles: bool,
    /// The source address of a request that names none by `X-Forwarded-For`; both doors are local.
    pub source_ip: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self { root_assumes_roles: true, source_ip: "127.0.0.1".into() }
    }
}
