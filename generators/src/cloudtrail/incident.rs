//! What CloudTrail records of an incident: calls from the attacker's address, with the key of the
//! person or of the instance that the plot is about.

use crate::dice::{Dice, scatter};
use crate::incidents::{Incident, Plot};

use super::agent::{Agent, BROWSERS};
use super::calls::{CallId, Calls};
use super::cell::{Cell, Planned};
use super::record::{Ids, Outcome};
use super::session::{Issue, RoleFacts, Session, key_text};

/// What an attacker's program says that it is: the CLI of a distribution for penetration tests.
pub(crate) const KALI: &str =
    "aws-cli/2.15.22 Python/3.11.9 Linux/6.8.11-amd64 source/x86_64.kali.2024 prompt/off command/";

/// The root of the credentials of the instance's role that a plot is about.
const STOLEN: u64 = 0x5701_e4ed;

/// The access key of the victim's role that the attacker uses.
pub(crate) fn stolen_key(plot: &Plot) -> String {
    let mut key = String::new();
    key_text(&mut key, "ASIA", plot.key ^ STOLEN);
    key
}

/// The user that is made with a leaked key.
const NEW_USER: &str = "svc-cloud-sync";

/// Calls in their order, and whether they are refused.
fn story(incident: Incident) -> &'static [(&'static str, bool)] {
    match incident {
        Incident::PortScan => &[
            ("signin:ConsoleLogin", true),
            ("signin:ConsoleLogin", true),
            ("signin:ConsoleLogin", true),
        ],
        Incident::SshBruteForce | Incident::RdpBruteForce => &[
            ("signin:ConsoleLogin", true),
            ("signin:ConsoleLogin", true),
            ("signin:ConsoleLogin", true),
            ("signin:ConsoleLogin", true),
            ("signin:ConsoleLogin", true),
            ("signin:ConsoleLogin", true),
            ("signin:ConsoleLogin", true),
            ("signin:ConsoleLogin", true),
        ],
        Incident::LeakedKey => &[
            ("sts:GetCallerIdentity", false),
            ("plot:GetUser", false),
            ("plot:ListAttachedUserPolicies", false),
            ("iam:ListUsers", false),
            ("iam:ListRoles", false),
            ("iam:GetAccountSummary", true),
            ("s3:ListBuckets", false),
            ("secretsmanager:ListSecrets", true),
            ("secretsmanager:ListSecrets", true),
            ("ec2:DescribeInstances", false),
            ("ec2:DescribeSecurityGroups", false),
            ("iam:ListAccessKeys", false),
            ("plot:CreateUser", false),
            ("plot:AttachUserPolicy", true),
            ("plot:AttachUserPolicy", false),
            ("plot:CreateAccessKey", false),
        ],
        Incident::Exfiltration => &[
            ("sts:GetCallerIdentity", false),
            ("s3:ListBuckets", false),
            ("s3:GetBucketLocation", false),
            ("s3:GetBucketAcl", false),
            ("s3:GetBucketPolicy", true),
            ("s3:GetBucketLocation", false),
            ("s3:GetBucketVersioning", false),
            ("secretsmanager:ListSecrets", true),
            ("kms:Decrypt", false),
            ("kms:Decrypt", false),
            ("s3:HeadBucket", false),
        ],
        Incident::CryptoMining => &[
            ("sts:GetCallerIdentity", false),
            ("ec2:DescribeRegions", false),
            ("ec2:DescribeInstanceTypes", false),
            ("ec2:DescribeImages", false),
            ("plot:RunInstances", true),
            ("ec2:DescribeSubnets", false),
            ("plot:RunInstances", false),
            ("plot:RunInstances", false),
            ("ec2:DescribeInstances", false),
        ],
    }
}

/// A plot in the cell that tells of it.
#[derive(Debug)]
pub(super) struct Telling {
    /// Its records, the next one last.
    left: Vec<Planned>,
}

impl Telling {
    /// All that is told of `plot`, the `number`-th of the plan.
    pub(super) fn new(plot: &Plot, number: u16, calls: &Calls, cell: &mut Cell) -> Self {
        let callers: Vec<u32> =
            callers(plot).into_iter().map(|session| cell.stand(session)).collect();
        let issued = cell.stand(new_user(plot));
        let story = story(plot.incident);
        let span = plot.to.ms_since(plot.from).max(1);
        let mut left: Vec<Planned> = (0..)
            .zip(story)
            .filter_map(|(nth, (name, refused))| {
                let call: CallId = calls.named(name)?;
                let mut dice = Dice::at(plot.key, nth, 0x7e11);
                // Calls come in the middle of their part of the time, so that they stay in order.
                let part = span * nth as i64 / story.len() as i64;
                let within = i64::from(dice.below(1_000)) * span / story.len() as i64 / 1_000;
                let time = plot.from.ms() + part + within;
                let outcome = if *refused { Outcome::General(0) } else { Outcome::Success };
                Some(Planned {
                    at_ms: time.min(plot.to.ms()),
                    key: dice.next(),
                    focus: scatter(plot.key ^ (nth / 4)),
                    ids: Ids { event: (0, 0), request: 0, shared: None },
                    call,
                    outcome,
                    caller: callers[nth as usize % callers.len()],
                    issued: Some(issued),
                    plot: Some(number),
                })
            })
            .collect();
        left.reverse();
        Self { left }
    }

    /// Puts what has happened by now among the records of a delivery, at most `most` of them.
    pub(super) fn tell(&mut self, cell: &mut Cell, at_ms: i64, most: u32) -> u32 {
        let mut told = 0;
        while told < most {
            match self.left.last() {
                Some(record) if record.at_ms + 45_000 <= at_ms => {
                    let record = *record;
                    self.left.pop();
                    cell.push(record, false);
                    told += 1;
                }
                _ => break,
            }
        }
        told
    }
}

/// Who calls, once for each address.
fn callers(plot: &Plot) -> Vec<Session> {
    let account = plot.account.to_string();
    let instance = &plot.victim.instance;
    let browser = Agent::Fixed(BROWSERS[2]);
    let call = |address: &String| {
        let mut session = Session::default();
        match plot.incident {
            Incident::PortScan => {
                session.identity = format!(
                    r#"{{"type":"IAMUser","accountId":"{account}","accessKeyId":"","userName":"HIDDEN_DUE_TO_SECURITY_REASONS"}}"#
                );
                session.agent = browser;
            }
            Incident::SshBruteForce | Incident::RdpBruteForce => {
                session.user(&account, &plot.person.name, &plot.person.user_id, "");
                session.agent = browser;
            }
            Incident::LeakedKey => {
                let person = &plot.person;
                session.user(&account, &person.name, &person.user_id, &person.access_key);
                session.agent = Agent::Cli(KALI);
            }
            Incident::Exfiltration | Incident::CryptoMining => {
                let role = RoleFacts {
                    account: account.clone(),
                    name: instance.role_name.clone(),
                    path: "/".to_owned(),
                    id: instance.role_id.clone(),
                };
                let issue = Issue {
                    session_name: &instance.instance_id,
                    // Credentials of an instance are renewed long before they end.
                    created_s: plot.from.s() - 1_740,
                    lasts_s: 21_600,
                    key: plot.key ^ STOLEN,
                    instance: true,
                    ..Issue::default()
                };
                session.assume(&role, &issue);
                session.agent = Agent::Cli(KALI);
            }
        }
        session.address.clone_from(address);
        session.tls = 1;
        session
    };
    plot.attacker.addresses.iter().map(call).collect()
}

/// The user that is made, as the thing that records tell of.
fn new_user(plot: &Plot) -> Session {
    let mut session = Session {
        name: NEW_USER.to_owned(),
        arn: format!("arn:aws:iam::{}:user/{NEW_USER}", plot.account),
        ..Session::default()
    };
    key_text(&mut session.access_key, "AKIA", plot.key ^ 0xfe);
    let mut id = String::new();
    key_text(&mut id, "AIDA", plot.key ^ 0xfd);
    session.role_id = format!("{id}Q");
    session
}
