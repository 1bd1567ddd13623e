//! Builds a lab.

use std::sync::Arc;
use tributary_emulator::{World, WorldConfig};

use tributary_generators::{FlowFormat, Incident, Worker};
use tributary_transform::{Transform, builtin};
use tributary_vocabulary::{Region, Seed, Source, Timestamp};

use super::remote::{How, remote};
use super::{Lab, Settings};
use crate::backend::{Backend, Capability};
use crate::driver::{Clock, Core, Functions, SharedCore, WallClock};
use crate::faults::{Inject, LabHooks, Planter, SharedPlanter};
use crate::ground::{Ground, Route, Tell};
use crate::ledger::{Identifier, SharedLedger};
use crate::topology::{
    Accounts, Names, OrganizationFile, OrganizationPlan, Plan, Policies, Step, furnish, provision,
};
use crate::upkeep::Mark;
use crate::{Error, Result};

/// The seed of every lab that names no other.
pub(crate) const DEFAULT_SEED: u64 = 7;

/// Says what a lab shall be like; [`LabBuilder::start`] makes it.
#[derive(Debug)]
pub struct LabBuilder {
    members: usize,
    shards: u32,
    retention_h: i32,
    region: Region,
    sources: Vec<Source>,
    without: Vec<Step>,
    flow_format: FlowFormat,
    organization: Option<OrganizationPlan>,
    transform: TransformChoice,
    policies: Policies,
    settings: Settings,
    backend: Backend,
    replace: bool,
    tell: Teller,
}

/// Hears of what a lab does.
#[derive(Clone)]
struct Teller(Tell);

impl std::fmt::Debug for Teller {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Teller")
    }
}

/// A transform by name, or the user's own.
enum TransformChoice {
    Named(String),
    Own(Box<dyn Transform>),
}

impl std::fmt::Debug for TransformChoice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Named(name) => f.write_str(name),
            Self::Own(own) => f.write_str(own.name()),
        }
    }
}

impl LabBuilder {
    pub(super) fn new() -> Self {
        Self {
            members: 2,
            shards: 4,
            retention_h: 168,
            region: Region::us_west_2(),
            sources: Source::ALL.to_vec(),
            without: Vec::new(),
            flow_format: FlowFormat::default(),
            organization: None,
            transform: TransformChoice::Named("builtin:envelope".to_owned()),
            policies: Policies::centralized_logging(),
            settings: Settings {
                scenario: "centralized-logging".to_owned(),
                seed: DEFAULT_SEED,
                clock: Clock::Virtual,
                epoch: Timestamp::DEFAULT_EPOCH,
                injects: Vec::new(),
                at_least_once: false,
                incidents: Vec::new(),
                repeat: String::new(),
                backend: Backend::Embedded.name(),
                worker: Worker::ONLY,
                requires: Vec::new(),
                bridges_allowed: true,
                strict: false,
            },
            backend: Backend::Embedded,
            replace: false,
            tell: Teller(Arc::new(|_| {})),
        }
    }

    /// How many member accounts there are: 1 to 1,000. Two when it is not said.
    #[must_use]
    pub fn members(mut self, members: usize) -> Self {
        self.members = members;
        self
    }

    /// How many shards the central stream has: 1 to 500. Four when it is not said.
    #[must_use]
    pub fn shards(mut self, shards: u32) -> Self {
        self.shards = shards;
        self
    }

    /// How many hours the central stream keeps records: 24 to 8,760. 168 when it is not said.
    #[must_use]
    pub fn retention_hours(mut self, hours: i32) -> Self {
        self.retention_h = hours;
        self
    }

    /// The number from which every chance of the lab comes. 7 when it is not said.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.settings.seed = seed;
        self
    }

    /// The Region of everything. `us-west-2` when it is not said.
    #[must_use]
    pub fn region(mut self, region: Region) -> Self {
        self.region = region;
        self
    }

    /// Virtual time or real time. Virtual when it is not said.
    #[must_use]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.settings.clock = clock;
        self
    }

    /// The built-in transform of this name. `builtin:envelope` when it is not said.
    #[must_use]
    pub fn transform(mut self, name: &str) -> Self {
        self.transform = TransformChoice::Named(name.to_owned());
        self
    }

    /// A transform of your own.
    #[must_use]
    pub fn own_transform(mut self, transform: impl Transform + 'static) -> Self {
        self.transform = TransformChoice::Own(Box::new(transform));
        self
    }

    /// Uses this text for one of the policy documents, such as `destination_policy.json`;
    /// `<MASTER_ACCOUNT_ID>`, `<REGION>`, `<MEMBER_ACCOUNT_ID>` (once per member) and, in a member's own
    /// documents, `<ACCOUNT_ID>` and `<MEMBER_NUMBER>` are filled in.
    #[must_use]
    pub fn policy(mut self, file: &str, text: &str) -> Self {
        self.policies.replace(file, text);
        self
    }

    /// Leaves out a step of the set-up, to see what follows.
    #[must_use]
    pub fn without(mut self, step: Step) -> Self {
        self.without.push(step);
        self
    }

    /// Leaves out a policy document, as if nobody had written it.
    #[must_use]
    pub fn without_policy(mut self, file: &str) -> Self {
        self.policies.remove(file);
        self
    }

    /// The sources that are set up in all accounts. All three when it is not said.
    #[must_use]
    pub fn sources(mut self, sources: &[Source]) -> Self {
        self.sources = sources.to_vec();
        self
    }

    /// The fields of flow logs. The 14 of version 2 when it is not said; fewer than tell records
    /// apart are refused.
    #[must_use]
    pub fn flow_format(mut self, format: FlowFormat) -> Self {
        self.flow_format = format;
        self
    }

    /// Declares an organisation, whose policies have their say in every decision about its accounts:
    /// `111111111111` is the master, `222222222222` and on are the members.
    #[must_use]
    pub fn organization(mut self, organization: tributary_emulator::iam::Organization) -> Self {
        self.organization = Some(OrganizationPlan::Whole(organization));
        self
    }

    /// Plants an attack in the traffic of each load that is sent, within its number of events:
    /// flow logs, trails and findings show it alike.
    #[must_use]
    pub fn incident(mut self, incident: Incident) -> Self {
        self.settings.incidents.push(incident);
        self
    }

    /// Plants a fault, to see a checker fail.
    #[must_use]
    pub fn inject(mut self, inject: Inject) -> Self {
        self.settings.injects.push(inject);
        self
    }

    /// Lets events arrive more than once: duplicates are counted and are no failure.
    #[must_use]
    pub fn at_least_once(mut self) -> Self {
        self.settings.at_least_once = true;
        self
    }

    /// What the lab runs on. This process when it is not said.
    ///
    /// Anywhere else time is real, and what the backend lacks is carried by the harness or skipped:
    /// the report says what, and why.
    #[must_use]
    pub fn backend(mut self, backend: Backend) -> Self {
        self.settings.backend = backend.name();
        self.backend = backend;
        self
    }

    /// What the backend has to be able to do: a run on one that cannot is skipped.
    #[must_use]
    pub fn requires(mut self, capabilities: &[Capability]) -> Self {
        self.settings.requires.extend(capabilities);
        self
    }

    /// Refuses a backend whose missing hops the harness would have to carry.
    #[must_use]
    pub fn without_bridges(mut self) -> Self {
        self.settings.bridges_allowed = false;
        self
    }

    /// Takes what the backend cannot do for a failure.
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.settings.strict = true;
        self
    }

    /// Removes what an earlier run left at the endpoint before anything is set up.
    #[must_use]
    pub fn replace(mut self) -> Self {
        self.replace = true;
        self
    }

    /// Makes one worker's share of the traffic: one of several that send to one endpoint.
    #[must_use]
    pub fn worker(mut self, worker: Worker) -> Self {
        self.settings.worker = worker;
        self
    }

    /// Hears of what the lab does at an endpoint, a sentence at a time.
    #[must_use]
    pub fn telling(mut self, tell: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.tell = Teller(Arc::new(tell));
        self
    }

    pub(crate) fn policies(mut self, policies: Policies) -> Self {
        self.policies = policies;
        self
    }

    pub(crate) fn organization_file(mut self, file: Option<OrganizationFile>) -> Self {
        self.organization = file.map(OrganizationPlan::File);
        self
    }

    pub(crate) fn named(mut self, scenario: &str, repeat: String) -> Self {
        scenario.clone_into(&mut self.settings.scenario);
        self.settings.repeat = repeat;
        self
    }

    /// Makes the lab: a new world, provisioned by AWS SDK calls.
    ///
    /// # Errors
    /// When a number is out of its range, the transform is unknown, or a call fails. A step that a
    /// policy refuses is no error: the lab stands without it, and its report says what that led to.
    pub async fn start(self) -> Result<Lab> {
        within("members", self.members as u64, 1, 1_000)?;
        within("shards", u64::from(self.shards), 1, 500)?;
        within("retention_hours", u64::try_from(self.retention_h).unwrap_or(0), 24, 8_760)?;
        let transform = match self.transform {
            TransformChoice::Named(name) => builtin(&name)?,
            TransformChoice::Own(own) => own,
        };
        let accounts = Accounts::with_members(self.members);
        let names = Names { region: self.region, master: accounts.master };
        let plan = Plan {
            accounts,
            names,
            policies: self.policies,
            sources: self.sources,
            without: self.without,
            flow_format: self.flow_format,
            organization: self.organization,
            shards: self.shards,
            retention_h: self.retention_h,
            route: Route::WHOLE,
            one_account: None,
        };
        match self.backend {
            Backend::Embedded => embedded(self.settings, plan, transform).await,
            backend => {
                let mark = Mark::new(&run_id());
                let how = How { backend, mark, replace: self.replace, tell: self.tell.0 };
                remote(self.settings, plan, transform, how).await
            }
        }
    }
}

/// A lab in this process.
async fn embedded(settings: Settings, plan: Plan, transform: Box<dyn Transform>) -> Result<Lab> {
    let seed = Seed::new(settings.seed);
    let identifier = Identifier::new(&plan.flow_format)?;
    let ledger = SharedLedger::new(settings.epoch, identifier.clone());
    let planter =
        SharedPlanter::new(Planter::new(&settings.injects, plan.accounts.all(), identifier, seed));
    let world = World::new(WorldConfig {
        seed,
        epoch: settings.epoch,
        hooks: Box::new(LabHooks { ledger: ledger.clone(), planter: planter.clone() }),
        ..WorldConfig::default()
    });
    let wall = WallClock::starting_at(settings.epoch);
    let functions = Functions::new(transform, ledger.clone());
    let core = SharedCore::new(Core::new(world, functions, settings.clock));
    furnish(&core, &plan, seed);
    let ground = Ground::Embedded(core);
    let provisioned = provision(&ground, &ledger, &plan).await?;
    let sent = std::sync::Mutex::default();
    Ok(Lab {
        ground,
        ledger,
        planter,
        plan,
        provisioned,
        settings,
        wall,
        sent,
        bridges: None,
        upkept: None,
        crew: None,
    })
}

/// The id of a run: when it began, and which process it is.
fn run_id() -> String {
    let now = WallClock::of_the_machine().now();
    format!("{}-{:04x}", now.format("%Y%m%d-%H%M%S"), std::process::id() & 0xffff)
}

fn within(what: &'static str, given: u64, least: u64, most: u64) -> Result<()> {
    if (least..=most).contains(&given) {
        return Ok(());
    }
    Err(Error::Range { what, least, most, given })
}
