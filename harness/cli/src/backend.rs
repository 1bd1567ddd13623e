//! The arguments that say what a pipeline runs on.

use std::path::PathBuf;

use clap::ValueEnum;
use tributary::{AccountId, AccountsMode, Backend, Endpoint};

use crate::Failure;
use crate::exit::Exit;

/// The role that AWS Organizations makes in every account that it creates.
const ORGANIZATION_ROLE: &str = "OrganizationAccountAccessRole";

/// What the pipeline runs on.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Backend")]
pub(crate) struct BackendArgs {
    /// What the pipeline runs on: embedded when not said, endpoint when --aws is
    #[arg(long, value_name = "NAME", value_enum)]
    pub(crate) backend: Option<BackendName>,
    /// The URL of all AWS services, such as http://127.0.0.1:4566
    #[arg(long, value_name = "URL")]
    pub(crate) aws: Option<String>,
    /// The URL of OpenSearch; with a login as https://USER:PASSWORD@HOST
    #[arg(long, value_name = "URL")]
    pub(crate) opensearch: Option<String>,
    /// OpenSearch as the AWS endpoint reaches it, such as http://opensearch:9200 in compose
    #[arg(long, value_name = "URL")]
    pub(crate) opensearch_inside: Option<String>,
    /// In whose name calls are made
    #[arg(long, value_name = "MODE", value_enum, default_value_t = Accounts::Key)]
    pub(crate) accounts: Accounts,
    /// The role that is assumed in every account, with --accounts assume-role
    #[arg(long, value_name = "NAME", default_value = ORGANIZATION_ROLE)]
    pub(crate) role: String,
    /// The profile of the AWS configuration files that credentials come from
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: Option<String>,
    /// A PEM file with certificates to trust; AWS_CA_BUNDLE when not said
    #[arg(long, value_name = "FILE")]
    pub(crate) ca_bundle: Option<PathBuf>,
    /// Let AWS itself be called; takes --allow-account as well
    #[arg(long)]
    pub(crate) allow_real_aws: bool,
    /// The accounts of AWS itself that may be used: the first is the master, the others are members
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub(crate) allow_account: Vec<AccountId>,
    /// Leave containers, or what was set up at the endpoint, when the run is over
    #[arg(long)]
    pub(crate) keep: bool,
    /// Remove what an earlier run left at the endpoint before anything is set up
    #[arg(long)]
    pub(crate) replace: bool,
    /// Take what the backend cannot do for a failure
    #[arg(long)]
    pub(crate) strict: bool,
}

/// What a pipeline runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum BackendName {
    /// In this process
    Embedded,
    /// LocalStack and OpenSearch containers
    Containers,
    /// Whatever answers at an endpoint
    Endpoint,
}

/// In whose name calls are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Accounts {
    /// The access key is the account's id: LocalStack
    Key,
    /// A role is assumed in every account: moto, AWS
    AssumeRole,
    /// All accounts are one, that of the credentials
    One,
}

impl BackendArgs {
    /// The backend that they say.
    pub(crate) fn backend(&self) -> Result<Backend, Failure> {
        let at_endpoint = self.aws.is_some() || self.opensearch.is_some() || self.allow_real_aws;
        match self.backend {
            Some(BackendName::Embedded | BackendName::Containers) if at_endpoint => {
                Err(Failure::new(
                    Exit::Usage,
                    "--aws, --opensearch and --allow-real-aws are for --backend endpoint: leave \
                     --backend away, or them",
                ))
            }
            Some(BackendName::Embedded) => self.embedded(),
            None if !at_endpoint => self.embedded(),
            Some(BackendName::Containers) => {
                self.refuse(&["keep"], "--backend endpoint")?;
                self.containers()
            }
            Some(BackendName::Endpoint) | None => Ok(Backend::Endpoint(Box::new(self.endpoint()))),
        }
    }

    fn embedded(&self) -> Result<Backend, Failure> {
        self.refuse(&[], "an endpoint")?;
        Ok(Backend::Embedded)
    }

    /// Refuses what has no meaning on a backend, so that nobody believes it had an effect.
    fn refuse(&self, but: &[&str], of: &str) -> Result<(), Failure> {
        let given = [
            ("opensearch-inside", self.opensearch_inside.is_some()),
            ("profile", self.profile.is_some()),
            ("ca-bundle", self.ca_bundle.is_some()),
            ("allow-account", !self.allow_account.is_empty()),
            ("replace", self.replace),
            ("keep", self.keep),
        ];
        match given.into_iter().find(|(name, given)| *given && !but.contains(name)) {
            None => Ok(()),
            Some((name, _)) => Err(Failure::new(
                Exit::Usage,
                format!(
                    "--{name} is for {of}: name one with --aws, such as --aws \
                     http://127.0.0.1:4566, or leave --{name} away"
                ),
            )),
        }
    }

    fn endpoint(&self) -> Endpoint {
        Endpoint {
            aws: self.aws.clone(),
            opensearch: self.opensearch.clone(),
            opensearch_inside: self.opensearch_inside.clone(),
            accounts: match self.accounts {
                Accounts::Key => AccountsMode::Key,
                Accounts::AssumeRole => AccountsMode::AssumeRole { role: self.role.clone() },
                Accounts::One => AccountsMode::One,
            },
            ca_bundle: self.ca_bundle.clone(),
            profile: self.profile.clone(),
            allow_real_aws: self.allow_real_aws,
            allowed_accounts: self.allow_account.clone(),
            keep: self.keep,
        }
    }

    #[cfg(feature = "containers")]
    #[expect(clippy::unnecessary_wraps, reason = "a build without containers has none to give")]
    fn containers(&self) -> Result<Backend, Failure> {
        let mut options = tributary::containers::Options::from_env();
        options.keep |= self.keep;
        // The command ends its runs itself, so that what it drops is removed.
        options.interrupt = tributary::containers::Interrupt::Leave;
        Ok(Backend::Containers(Box::new(options)))
    }

    #[cfg(not(feature = "containers"))]
    #[expect(clippy::unused_self, reason = "a build with containers asks for its options")]
    fn containers(&self) -> Result<Backend, Failure> {
        Err(Failure::new(
            Exit::BackendUnavailable,
            "this build starts no containers: build with them, as by cargo run --release \
             --features containers -- run --backend containers",
        ))
    }
}
