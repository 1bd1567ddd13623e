//! Who works in an account: people with keys and homes, and roles that people and services take.

use serde::Serialize;

use crate::text::dotted;

use super::names::{key_id, resource, unique_id};
use super::{Role, World};

/// An IAM user: a person, or a program with a person's kind of key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The user's name, `ada.lindqvist` or `svc-deploy`.
    pub name: String,
    /// `AIDA…`.
    pub user_id: String,
    /// The long-term key, `AKIA…`.
    pub access_key: String,
    /// The address that they usually call from.
    pub home: String,
    /// The program that they usually call with.
    pub user_agent: &'static str,
    /// Whether it is a program and never signs in to the console.
    pub program: bool,
}

/// Who takes a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RoleUse {
    /// Instances of this kind, whose session is named by the instance.
    Instance(Role),
    /// An AWS service, such as `lambda.amazonaws.com`.
    Service(&'static str),
    /// People, through IAM Identity Center.
    People,
    /// Programs of another account of the organisation, or a build system outside.
    Outside,
}

/// An IAM role.
#[derive(Debug, Clone)]
pub(crate) struct IamRole {
    pub(crate) name: String,
    /// `/`, `/service-role/` and the like.
    pub(crate) path: &'static str,
    /// `AROA…`.
    pub(crate) role_id: String,
    pub(crate) used_by: RoleUse,
}

const FIRST: [&str; 24] = [
    "ada", "amir", "anna", "bela", "carmen", "chen", "dmitri", "elena", "farid", "grace", "hana",
    "ines", "jonas", "kofi", "lena", "mateo", "mei", "nadia", "omar", "petra", "quinn", "ravi",
    "sofia", "tomas",
];
const LAST: [&str; 20] = [
    "lindqvist",
    "okafor",
    "moreau",
    "tanaka",
    "silva",
    "novak",
    "hughes",
    "schmidt",
    "rossi",
    "kim",
    "patel",
    "garcia",
    "larsen",
    "dubois",
    "ivanova",
    "nguyen",
    "costa",
    "weber",
    "ali",
    "murphy",
];
const PROGRAMS: [&str; 3] = ["svc-deploy", "svc-backup", "svc-monitoring"];
/// Agents of people.
const AGENTS: [&str; 5] = [
    "aws-cli/2.17.9 md/awscrt#0.20.11 ua/2.0 os/macos#23.5.0 md/arch#arm64 lang/python#3.11.9 \
     md/pyimpl#CPython cfg/retry-mode#standard md/installer#exe md/prompt#off",
    "aws-cli/2.15.30 Python/3.11.8 Linux/6.5.0-1018-aws exe/x86_64.ubuntu.22 prompt/off",
    "APN/1.0 HashiCorp/1.0 Terraform/1.8.5 (+https://www.terraform.io) \
     terraform-provider-aws/5.56.1 (+https://registry.terraform.io/providers/hashicorp/aws) \
     aws-sdk-go-v2/1.30.0 os/linux lang/go#1.22.4 md/GOOS#linux md/GOARCH#amd64",
    "Boto3/1.34.131 md/Botocore#1.34.131 ua/2.0 os/linux#6.1.92 md/arch#x86_64 \
     lang/python#3.12.4 md/pyimpl#CPython cfg/retry-mode#legacy Botocore/1.34.131",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) \
     Chrome/126.0.0.0 Safari/537.36",
];
/// Agents of programs.
const PROGRAM_AGENTS: [&str; 2] = [
    "aws-sdk-go-v2/1.27.2 os/linux lang/go#1.22.3 md/GOOS#linux md/GOARCH#amd64",
    "aws-sdk-java/2.25.60 Linux/5.10.217-205.860.amzn2.x86_64 \
     OpenJDK_64-Bit_Server_VM/17.0.11+9-LTS Java/17.0.11 vendor/Amazon.com_Inc. io/sync",
];

/// The roles of every account: name, path, and who takes it.
const ROLES: [(&str, &str, RoleUse); 14] = [
    ("web-instance", "/", RoleUse::Instance(Role::Web)),
    ("app-instance", "/", RoleUse::Instance(Role::App)),
    ("worker-instance", "/", RoleUse::Instance(Role::Worker)),
    ("bastion-instance", "/", RoleUse::Instance(Role::Bastion)),
    ("orders-api", "/service-role/", RoleUse::Service("lambda.amazonaws.com")),
    ("image-resizer", "/service-role/", RoleUse::Service("lambda.amazonaws.com")),
    ("nightly-etl", "/service-role/", RoleUse::Service("glue.amazonaws.com")),
    ("ecs-task-checkout", "/", RoleUse::Service("ecs-tasks.amazonaws.com")),
    ("ecs-task-search", "/", RoleUse::Service("ecs-tasks.amazonaws.com")),
    (
        "config-recorder",
        "/aws-service-role/config.amazonaws.com/",
        RoleUse::Service("config.amazonaws.com"),
    ),
    ("AWSReservedSSO_AdministratorAccess", "/aws-reserved/sso.amazonaws.com/", RoleUse::People),
    ("AWSReservedSSO_ReadOnlyAccess", "/aws-reserved/sso.amazonaws.com/", RoleUse::People),
    ("ci-deploy", "/", RoleUse::Outside),
    ("security-audit", "/", RoleUse::Outside),
];

impl World {
    /// IAM users of every account, programs included.
    pub(crate) const PEOPLE: u32 = 12;
    /// IAM roles of every account.
    pub(crate) const ROLES: u32 = ROLES.len() as u32;

    /// The `nth` user of an account; the last three are programs.
    pub(crate) fn person(&self, account: u32, nth: u32) -> Person {
        let mut dice = self.dice(account, "person", nth);
        let program = nth + PROGRAMS.len() as u32 >= Self::PEOPLE;
        // Names of an account are distinct: steps through both lists, from the account's own place.
        let base = self.dice(account, "people", 0).next() as u32;
        let name = if program {
            PROGRAMS[(Self::PEOPLE - 1 - nth) as usize].to_owned()
        } else {
            let first = FIRST[((base & 0xff) + nth * 5) as usize % FIRST.len()];
            format!("{first}.{}", LAST[((base >> 8 & 0xff) + nth * 3) as usize % LAST.len()])
        };
        let home = if program {
            self.site(account, 4).public_address().unwrap_or(0)
        } else {
            // Access networks: the first octets that clients of the traffic have as well.
            u32::from(*dice.pick(&[81_u8, 84, 86, 92, 109, 188])) << 24
                | dice.below(1 << 16) << 8
                | dice.between(2, 253)
        };
        Person {
            name,
            user_id: unique_id("AIDA", &mut dice),
            access_key: key_id("AKIA", &mut dice),
            home: dotted(home),
            user_agent: if program {
                dice.pick::<&str>(&PROGRAM_AGENTS)
            } else {
                dice.pick::<&str>(&AGENTS)
            },
            program,
        }
    }

    /// The `nth` role of an account.
    pub(crate) fn role(&self, account: u32, nth: u32) -> IamRole {
        let (name, path, used_by) = ROLES[nth as usize % ROLES.len()];
        let mut dice = self.dice(account, "role", nth);
        let role_id = unique_id("AROA", &mut dice);
        let name = match used_by {
            // Identity Center adds 16 hexadecimal digits.
            RoleUse::People => {
                resource(&format!("{name}_"), dice.next() | 1 << 63).replacen("_0", "_", 1)
            }
            _ => name.to_owned(),
        };
        IamRole { name, path, role_id, used_by }
    }

    /// The role that instances of a kind have.
    pub(crate) fn instance_role(&self, account: u32, role: Role) -> IamRole {
        let nth = ROLES.iter().position(|(_, _, used)| *used == RoleUse::Instance(role));
        self.role(account, nth.unwrap_or(1) as u32)
    }
}
