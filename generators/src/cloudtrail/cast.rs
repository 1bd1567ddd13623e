//! The principals of one cell: who they are, and who gives them their credentials.

use crate::dice::Dice;
use crate::text::dotted;
use crate::world::{IamRole, RoleUse, World, unique_id};

use super::agent::{Agent, BROWSERS, CLIS, PROGRAMS, TERRAFORM};
use super::calls::{CallId, Calls};
use super::mix::{EVENTS, PROFILES, Work};
use super::session::{RoleFacts, Session};

/// How the credentials of a session come about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Credentials {
    /// None: the principal has what it needs.
    Standing,
    /// A role's session.
    Role,
    /// A user's session in the console.
    SignIn,
    /// The root's session in the console.
    Root,
    /// A federated user.
    Federated,
}

/// A principal that works.
#[derive(Debug)]
pub(super) struct Actor {
    /// Number of its profile.
    pub(super) profile: u8,
    pub(super) credentials: Credentials,
    /// The record that begins a session, and who makes it (an index of the cell's sessions).
    pub(super) issue: Option<CallId>,
    pub(super) issuer: u32,
    pub(super) role: RoleFacts,
    /// The user, for those who have one: name, id, long-term key.
    pub(super) user: [String; 3],
    /// Names of its sessions; a 32-digit task id when there are none.
    pub(super) session_names: Vec<String>,
    pub(super) agent: Agent,
    pub(super) address: String,
    pub(super) host: String,
    pub(super) invoked_by: Option<&'static str>,
    pub(super) provider: Option<String>,
    /// What it calls when it is not what its profile says.
    pub(super) own_call: Option<CallId>,
    /// The session that it is in, and how many calls it still has.
    pub(super) session: Option<u32>,
    pub(super) left: u32,
}

/// The actors and the sessions that stand.
#[derive(Debug, Default)]
pub(super) struct Cast {
    pub(super) actors: Vec<Actor>,
    pub(super) sessions: Vec<Session>,
    /// Weights of actors, by which activities are given out.
    pub(super) weights: Vec<u32>,
}

/// What a cast is made from.
#[derive(Clone, Copy)]
pub(super) struct Casting<'a> {
    pub(super) world: &'a World,
    pub(super) account: u32,
    /// Number of the cell in its account.
    pub(super) cell: u32,
    pub(super) calls: &'a Calls,
}

/// Vendors: account, session name, networks of their calls.
const VENDORS: [(&str, &str, [u8; 2]); 3] = [
    ("464622532012", "DatadogAWSIntegration", [44, 192]),
    ("754728514883", "NewRelicInfrastructure", [162, 247]),
    ("292230061137", "wiz-scanner", [52, 21]),
];

impl Cast {
    pub(super) fn new(casting: &Casting<'_>) -> Self {
        let mut cast = Self::default();
        for (nth, profile) in (0_u8..).zip(PROFILES) {
            let (low, high) = profile.burst;
            for among in 0..profile.actors {
                // The root is one, and works in one place.
                if profile.work == Work::Root && casting.cell > 0 {
                    continue;
                }
                let actor = cast.actor(casting, nth, profile.work, among);
                cast.actors.push(actor);
                let each = profile.share * 1_000 / profile.actors / (low + high);
                cast.weights.push(each.max(1));
            }
        }
        cast
    }

    fn actor(&mut self, casting: &Casting<'_>, profile: u8, work: Work, among: u32) -> Actor {
        let mut dice = casting.world.dice(
            casting.account,
            "actor",
            casting.cell << 16 | u32::from(profile) << 8 | among,
        );
        let blank = Actor {
            profile,
            credentials: Credentials::Standing,
            issue: None,
            issuer: 0,
            role: RoleFacts::default(),
            user: Default::default(),
            session_names: Vec::new(),
            agent: *dice.pick(&PROGRAMS[..4]),
            address: String::new(),
            host: String::new(),
            invoked_by: None,
            provider: None,
            own_call: None,
            session: None,
            left: 0,
        };
        let (dice, nth) = (&mut dice, casting.cell * 8 + among);
        match work {
            Work::Instance => self.instance(casting, blank, nth, dice),
            Work::Function | Work::Task => self.workload(casting, blank, work, nth, dice),
            Work::Recorder | Work::Scanner | Work::Scaling => {
                self.watcher(casting, blank, work, nth)
            }
            Work::Service | Work::Event => self.service(casting, blank, work, among),
            Work::Terraform | Work::Pod => self.web_identity(casting, blank, work, dice),
            Work::Console | Work::Cli => self.human(casting, blank, work, nth, dice),
            Work::Script | Work::UserConsole | Work::Federated => {
                self.user(casting, blank, work, nth, dice)
            }
            Work::Vendor => self.vendor(casting, blank, nth, dice),
            Work::Chain => self.chain(casting, blank, nth, dice),
            Work::Root => self.root(casting, blank, dice),
            Work::Portal => self.portal(casting, blank, nth, among, dice),
        }
    }

    fn stand(&mut self, session: Session) -> u32 {
        self.sessions.push(session);
        self.sessions.len() as u32 - 1
    }

    fn instance(
        &mut self,
        casting: &Casting<'_>,
        blank: Actor,
        nth: u32,
        dice: &mut Dice,
    ) -> Actor {
        // Five of sixteen places have no instance of their own; the next one does.
        let world = casting.world;
        let place = (nth * 16 / 8..)
            .find(|&place| world.site(casting.account, place).role.instance())
            .unwrap_or(1);
        let it = world.instance(casting.account, place);
        let role = RoleFacts {
            account: casting.account_text(),
            name: it.role_name,
            path: "/".to_owned(),
            id: it.role_id,
        };
        let gateway = world.site(casting.account, place / 16 * 16 + 4).public_address();
        Actor {
            credentials: Credentials::Role,
            issue: casting.calls.named("sts:AssumeRole"),
            issuer: self.stand(Session::service("ec2.amazonaws.com")),
            role,
            session_names: vec![it.instance_id],
            // What has no public address goes out through the gateway.
            address: it.public_address.unwrap_or_else(|| dotted(gateway.unwrap_or(0))),
            host: it.private_address,
            agent: if dice.permille(400) { PROGRAMS[4] } else { blank.agent },
            ..blank
        }
    }

    fn workload(
        &mut self,
        casting: &Casting<'_>,
        blank: Actor,
        work: Work,
        nth: u32,
        dice: &mut Dice,
    ) -> Actor {
        let task = work == Work::Task;
        let service = if task { "ecs-tasks.amazonaws.com" } else { "lambda.amazonaws.com" };
        let role = casting.role_of(RoleUse::Service(service), nth);
        let name = role.name.clone();
        let public = casting.world.site(casting.account, 4).public_address().unwrap_or(0);
        Actor {
            credentials: Credentials::Role,
            issue: casting.calls.named("sts:AssumeRole"),
            issuer: self.stand(Session::service(service)),
            role,
            session_names: if task {
                Vec::new()
            } else {
                vec![format!("{name}-{}", dice.below(6))]
            },
            agent: if !task && dice.permille(500) { PROGRAMS[5] } else { blank.agent },
            address: if task {
                dotted(public)
            } else {
                dotted(34 << 24 | 210 << 16 | dice.between(1, 65_000))
            },
            ..blank
        }
    }

    fn watcher(&mut self, casting: &Casting<'_>, blank: Actor, work: Work, nth: u32) -> Actor {
        let linked = [
            ("securityhub.amazonaws.com", "AWSServiceRoleForSecurityHub", "securityhub"),
            ("access-analyzer.amazonaws.com", "AWSServiceRoleForAccessAnalyzer", "access-analyzer"),
            ("autoscaling.amazonaws.com", "AWSServiceRoleForAutoScaling", "AutoScaling"),
            ("ecs.amazonaws.com", "AWSServiceRoleForECS", "ECSTaskRole"),
        ];
        let at = (nth % 2) as usize + if work == Work::Scaling { 2 } else { 0 };
        let (service, role, session) = match work {
            Work::Recorder => (
                "config.amazonaws.com",
                casting.role_of(RoleUse::Service("config.amazonaws.com"), 0),
                "AWSConfig-Describe".to_owned(),
            ),
            _ => {
                let (service, name, session) = linked[at];
                let path = format!("/aws-service-role/{service}/");
                (service, casting.made(name, &path), session.to_owned())
            }
        };
        Actor {
            credentials: Credentials::Role,
            issue: casting.calls.named("sts:AssumeRole"),
            issuer: self.stand(Session::service(service)),
            role,
            session_names: vec![session],
            agent: Agent::Service,
            address: service.to_owned(),
            invoked_by: Some(service),
            ..blank
        }
    }

    fn service(&mut self, casting: &Casting<'_>, blank: Actor, work: Work, among: u32) -> Actor {
        if work == Work::Event {
            let at = (casting.cell * 5 + among) as usize % EVENTS.len();
            let (service, call) = EVENTS[at];
            let mut session = Session::service(service);
            // Service events have no type of identity (reference, 2).
            session.identity =
                format!(r#"{{"accountId":"{}","invokedBy":"{service}"}}"#, casting.account_text());
            let session = Some(self.stand(session));
            return Actor { own_call: casting.calls.named(call), session, ..blank };
        }
        let services = [
            "secretsmanager.amazonaws.com",
            "ssm.amazonaws.com",
            "s3.amazonaws.com",
            "cloudtrail.amazonaws.com",
            "dynamodb.amazonaws.com",
        ];
        let service = services[among as usize % services.len()];
        let own = if service.starts_with("cloudtrail") { "s3:GetBucketAcl" } else { "" };
        let session = Some(self.stand(Session::service(service)));
        Actor { session, own_call: casting.calls.named(own), ..blank }
    }

    fn web_identity(
        &mut self,
        casting: &Casting<'_>,
        blank: Actor,
        work: Work,
        dice: &mut Dice,
    ) -> Actor {
        let account = casting.account_text();
        let pod = work == Work::Pod;
        let (provider, subject) = if pod {
            let region = &casting.world.region;
            let name = *dice.pick(&[
                "kube-system:aws-load-balancer-controller",
                "kube-system:ebs-csi-controller-sa",
                "default:external-dns",
            ]);
            (
                format!(
                    "oidc.eks.{region}.amazonaws.com/id/{:016X}{:016X}",
                    dice.next(),
                    dice.next()
                ),
                format!("system:serviceaccount:{name}"),
            )
        } else {
            let company = casting.world.organisation().name;
            (
                "token.actions.githubusercontent.com".to_owned(),
                format!("repo:{company}/infrastructure:ref:refs/heads/main"),
            )
        };
        let address = if pod {
            dotted(casting.world.site(casting.account, 4).public_address().unwrap_or(0))
        } else {
            dotted(20 << 24 | 55 << 16 | dice.between(1, 65_000))
        };
        let arn = format!("arn:aws:iam::{account}:oidc-provider/{provider}");
        let agent = if pod { PROGRAMS[1] } else { *dice.pick(&TERRAFORM) };
        let issuer = Session {
            identity: format!(
                r#"{{"type":"WebIdentityUser","principalId":"{arn}:sts.amazonaws.com:{subject}","userName":"{subject}","identityProvider":"{arn}"}}"#
            ),
            name: subject,
            role: arn,
            address: address.clone(),
            agent: if pod {
                agent
            } else {
                Agent::Sdk(
                    "aws-sdk-js/3.693.0 ua/2.1 os/linux#6.8.0-1017-azure lang/js md/nodejs#20.18.1 api/",
                )
            },
            ..Session::default()
        };
        let role = if pod {
            casting.made(&format!("eks-pod-{}", dice.below(4)), "/")
        } else {
            casting.role_of(RoleUse::Outside, 0)
        };
        let name =
            if pod { "botocore-session-1767225600".to_owned() } else { "GitHubActions".to_owned() };
        Actor {
            credentials: Credentials::Role,
            issue: casting.calls.named("sts:AssumeRoleWithWebIdentity"),
            issuer: self.stand(issuer),
            role,
            session_names: vec![name],
            agent,
            address,
            provider: Some(provider),
            ..blank
        }
    }

    fn human(
        &mut self,
        casting: &Casting<'_>,
        blank: Actor,
        work: Work,
        nth: u32,
        dice: &mut Dice,
    ) -> Actor {
        let person = casting.world.person(casting.account, nth % (World::PEOPLE - 3));
        let email = format!("{}@{}", person.name, casting.world.organisation().domain);
        let account = casting.account_text();
        let console = work == Work::Console;
        let browser = Agent::Fixed(browser(dice));
        let issuer = Session {
            identity: format!(
                r#"{{"type":"SAMLUser","principalId":"{:016x}:{email}","userName":"{email}","identityProvider":"AWSSSO_{account}"}}"#,
                dice.next()
            ),
            name: email.clone(),
            address: person.home.clone(),
            agent: browser,
            ..Session::default()
        };
        Actor {
            credentials: Credentials::Role,
            issue: casting.calls.named("sts:AssumeRoleWithSAML"),
            issuer: self.stand(issuer),
            role: casting.role_of(RoleUse::People, dice.below(2)),
            session_names: vec![email],
            agent: if console { browser } else { *dice.pick(&CLIS) },
            address: person.home,
            ..blank
        }
    }

    fn user(
        &mut self,
        casting: &Casting<'_>,
        blank: Actor,
        work: Work,
        nth: u32,
        dice: &mut Dice,
    ) -> Actor {
        let program = work == Work::Script;
        let people = World::PEOPLE - 3;
        let nth =
            if program && nth.is_multiple_of(2) { people + nth / 2 % 3 } else { nth % people };
        let person = casting.world.person(casting.account, nth);
        let account = casting.account_text();
        let mut session = Session::default();
        let key = if work == Work::UserConsole { "" } else { person.access_key.as_str() };
        session.user(&account, &person.name, &person.user_id, key);
        session.address.clone_from(&person.home);
        let browser = Agent::Fixed(browser(dice));
        session.agent = match work {
            Work::UserConsole => browser,
            // A person keeps the program that the world gives them.
            _ if person.user_agent.starts_with("Mozilla") => CLIS[0],
            _ if person.user_agent.starts_with("aws-cli/2.17") => CLIS[1],
            _ => Agent::Fixed(person.user_agent),
        };
        session.tls = session.agent.tls();
        let agent = session.agent;
        let standing = self.stand(session);
        let blank = Actor {
            issuer: standing,
            agent,
            address: person.home,
            user: [person.name, person.user_id, person.access_key],
            ..blank
        };
        let named = |name| casting.calls.named(name);
        match work {
            Work::UserConsole => Actor {
                credentials: Credentials::SignIn,
                issue: named("signin:ConsoleLogin"),
                ..blank
            },
            Work::Federated => Actor {
                credentials: Credentials::Federated,
                issue: named("sts:GetFederationToken"),
                session_names: vec!["reporting".to_owned()],
                ..blank
            },
            _ => Actor { session: Some(standing), ..blank },
        }
    }

    fn vendor(&mut self, casting: &Casting<'_>, blank: Actor, nth: u32, dice: &mut Dice) -> Actor {
        let (account, name, [a, b]) = VENDORS[nth as usize % VENDORS.len()];
        let address =
            dotted(u32::from_be_bytes([a, b, dice.below(255) as u8, 1 + dice.below(253) as u8]));
        let principal = format!("{}:{name}", unique_id("AROA", dice));
        let agent = PROGRAMS[nth as usize % 2];
        let issuer = self.stand(Session::foreign(account, &principal, &address, agent));
        Actor {
            credentials: Credentials::Role,
            issue: casting.calls.named("sts:AssumeRole"),
            issuer,
            role: casting.role_of(RoleUse::Outside, 1),
            session_names: vec![name.to_owned()],
            agent,
            address,
            ..blank
        }
    }

    fn chain(&mut self, casting: &Casting<'_>, blank: Actor, nth: u32, dice: &mut Dice) -> Actor {
        let world = casting.world;
        let place = [2, 5, 7, 9][nth as usize % 4] + nth / 4 % 4 * 16;
        let it = world.instance(casting.account, place);
        let public = world.site(casting.account, place / 16 * 16 + 4).public_address().unwrap_or(0);
        let issuer_role = RoleFacts {
            account: casting.account_text(),
            name: it.role_name,
            path: "/".to_owned(),
            id: it.role_id,
        };
        let mut issuer = Session {
            role: issuer_role.name.clone(),
            role_id: issuer_role.id.clone(),
            host: it.private_address,
            address: dotted(public),
            agent: blank.agent,
            tls: blank.agent.tls(),
            ..Session::default()
        };
        compose_instance(&mut issuer, &issuer_role, &it.instance_id);
        let target = ["data-reader", "report-writer", "queue-drainer"][dice.below(3) as usize];
        Actor {
            credentials: Credentials::Role,
            issue: casting.calls.named("sts:AssumeRole"),
            issuer: self.stand(issuer),
            role: casting.made(target, "/"),
            session_names: vec![format!("{target}-{:08x}", dice.next() as u32)],
            address: dotted(public),
            ..blank
        }
    }

    fn root(&mut self, casting: &Casting<'_>, blank: Actor, dice: &mut Dice) -> Actor {
        let account = casting.account_text();
        let person = casting.world.person(casting.account, 0);
        let issuer = Session {
            identity: format!(
                r#"{{"type":"Root","principalId":"{account}","arn":"arn:aws:iam::{account}:root","accountId":"{account}","accessKeyId":""}}"#
            ),
            arn: format!("arn:aws:iam::{account}:root"),
            account,
            name: "root".to_owned(),
            address: person.home.clone(),
            agent: Agent::Fixed(browser(dice)),
            mfa: true,
            ..Session::default()
        };
        let agent = issuer.agent;
        Actor {
            credentials: Credentials::Root,
            issue: casting.calls.named("signin:ConsoleLogin"),
            issuer: self.stand(issuer),
            agent,
            address: person.home,
            ..blank
        }
    }

    fn portal(
        &mut self,
        casting: &Casting<'_>,
        blank: Actor,
        nth: u32,
        among: u32,
        dice: &mut Dice,
    ) -> Actor {
        let account = casting.account_text();
        let person = casting.world.person(casting.account, nth % (World::PEOPLE - 3));
        let email = format!("{}@{}", person.name, casting.world.organisation().domain);
        let store = (dice.next() >> 24) & 0xff_ffff_ffff;
        let user_id = format!("{:010x}-{}", dice.next() >> 24, super::estate::uuid(dice));
        let region = &casting.world.region;
        // Older parts of the portal do not know the new form of identity (reference, 2).
        let identity = if among.is_multiple_of(2) {
            format!(
                r#"{{"type":"IdentityCenterUser","accountId":"{account}","onBehalfOf":{{"userId":"{user_id}","identityStoreArn":"arn:aws:identitystore::{account}:identitystore/d-{store:010x}"}},"credentialId":"{}"}}"#,
                super::estate::uuid(dice)
            )
        } else {
            format!(
                r#"{{"type":"Unknown","principalId":"{account}","arn":"","accountId":"{account}","userName":"{email}"}}"#
            )
        };
        let session = Session {
            identity,
            name: email,
            account,
            address: person.home,
            agent: Agent::Fixed(browser(dice)),
            arn: format!("arn:aws:sso:{region}"),
            ..Session::default()
        };
        Actor { session: Some(self.stand(session)), ..blank }
    }
}

/// The issuer of a chain: an instance whose credentials are renewed every six hours.
fn compose_instance(session: &mut Session, role: &RoleFacts, instance_id: &str) {
    session.session_name = instance_id.to_owned();
    session.account.clone_from(&role.account);
    session.role_arn = format!("arn:aws:iam::{}:role{}{}", role.account, role.path, role.name);
}

impl Casting<'_> {
    fn account_text(&self) -> String {
        self.world.accounts[self.account as usize].to_string()
    }

    /// The `nth` of the world's roles that are taken so.
    fn role_of(&self, used_by: RoleUse, nth: u32) -> RoleFacts {
        let all = (0..World::ROLES).map(|role| self.world.role(self.account, role));
        let fitting: Vec<IamRole> = all.filter(|role| role.used_by == used_by).collect();
        let role = fitting.into_iter().cycle().nth(nth as usize % 64);
        role.map_or_else(RoleFacts::default, |role| RoleFacts {
            account: self.account_text(),
            name: role.name,
            path: role.path.to_owned(),
            id: role.role_id,
        })
    }

    /// A role beside those of the world, the same for every cell.
    fn made(&self, name: &str, path: &str) -> RoleFacts {
        let mut dice = self.world.dice(self.account, name, 0x0401);
        RoleFacts {
            account: self.account_text(),
            name: name.to_owned(),
            path: path.to_owned(),
            id: unique_id("AROA", &mut dice),
        }
    }
}

fn browser(dice: &mut Dice) -> &'static str {
    BROWSERS[dice.below(BROWSERS.len() as u32) as usize]
}
