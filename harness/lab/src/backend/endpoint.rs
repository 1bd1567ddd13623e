//! Something that already runs, and in whose name it is called.

use std::path::PathBuf;

use tributary_vocabulary::AccountId;

/// How calls are made in the name of several accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountsMode {
    /// The access key is the 12-digit id of the account: LocalStack, another Tributary.
    Key,
    /// The credentials of the usual chain assume this role in every account but their own.
    AssumeRole {
        /// The role's name, such as `OrganizationAccountAccessRole`.
        role: String,
    },
    /// There is one account, that of the credentials of the usual chain; all members live in it.
    One,
}

/// Something that already runs: a compose stack, LocalStack on the host, moto, another Tributary,
/// or AWS itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// The URL of all AWS services; `None` for AWS's own, which takes [`Endpoint::allow_real_aws`].
    pub aws: Option<String>,
    /// The URL of OpenSearch, as it is reached from here; `None` when there is none to write to.
    pub opensearch: Option<String>,
    /// The URL of OpenSearch as it is reached from the AWS endpoint, when that is another one.
    pub opensearch_inside: Option<String>,
    /// In whose name calls are made.
    pub accounts: AccountsMode,
    /// A PEM file with the certificates that HTTPS endpoints are trusted by.
    pub ca_bundle: Option<PathBuf>,
    /// The profile of the AWS configuration files.
    pub profile: Option<String>,
    /// Whether AWS itself may be called.
    pub allow_real_aws: bool,
    /// The accounts of AWS itself that may be used: the first is the master, the others are members.
    pub allowed_accounts: Vec<AccountId>,
    /// Whether what was set up stays when the run is over.
    pub keep: bool,
}

impl Endpoint {
    /// An endpoint where the access key is the account.
    #[must_use]
    pub fn at(aws: impl Into<String>) -> Self {
        Self {
            aws: Some(aws.into()),
            opensearch: None,
            opensearch_inside: None,
            accounts: AccountsMode::Key,
            ca_bundle: None,
            profile: None,
            allow_real_aws: false,
            allowed_accounts: Vec::new(),
            keep: false,
        }
    }

    /// The same with an OpenSearch.
    #[must_use]
    pub fn with_opensearch(mut self, url: impl Into<String>) -> Self {
        self.opensearch = Some(url.into());
        self
    }
}
