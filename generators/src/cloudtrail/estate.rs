//! Everything that an account's records can be about, written out once: the world's instances,
//! buckets, keys, roles and people, and the functions, tables, queues and clusters beside them.

use tributary_vocabulary::{AccountId, Region};

use crate::dice::{Dice, scatter};
use crate::glyphs;
use crate::world::{VPCS, World, resource, unique_id};

/// Places of an account whose instances records speak of: those that the smallest load has, and
/// a few stacks more.
pub(crate) const PLACES: u32 = 96;

/// A kind of thing. Each has facets: an instance has an id, an address, a subnet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Thing {
    Instance,
    Bucket,
    Key,
    Role,
    User,
    Vpc,
    Function,
    Secret,
    Parameter,
    Database,
    Cluster,
    Repository,
    Table,
    LogGroup,
    Queue,
    Topic,
    Balancer,
    Scaling,
    Stack,
    Policy,
    Alarm,
    Stream,
    Object,
    Word,
}

/// Names in templates, and the thing and facet behind each.
const NAMES: [(&str, Thing, u8); 58] = [
    ("instance", Thing::Instance, 0),
    ("instanceip", Thing::Instance, 1),
    ("instancetype", Thing::Instance, 2),
    ("instanceeni", Thing::Instance, 3),
    ("subnet", Thing::Instance, 4),
    ("instancevpc", Thing::Instance, 5),
    ("zone", Thing::Instance, 6),
    ("image", Thing::Instance, 7),
    ("volume", Thing::Instance, 8),
    ("group", Thing::Instance, 9),
    ("groupname", Thing::Instance, 10),
    ("instancename", Thing::Instance, 11),
    ("instancerole", Thing::Instance, 12),
    ("snapshot", Thing::Instance, 13),
    ("instancedns", Thing::Instance, 14),
    ("bucket", Thing::Bucket, 0),
    ("key", Thing::Key, 0),
    ("keyalias", Thing::Key, 1),
    ("role", Thing::Role, 0),
    ("roleid", Thing::Role, 1),
    ("rolepath", Thing::Role, 2),
    ("user", Thing::User, 0),
    ("userid", Thing::User, 1),
    ("userkey", Thing::User, 2),
    ("vpc", Thing::Vpc, 0),
    ("vpcsubnet", Thing::Vpc, 1),
    ("vpccidr", Thing::Vpc, 2),
    ("routetable", Thing::Vpc, 3),
    ("gateway", Thing::Vpc, 4),
    ("endpoint", Thing::Vpc, 5),
    ("function", Thing::Function, 0),
    ("functionuuid", Thing::Function, 1),
    ("secret", Thing::Secret, 0),
    ("secretid", Thing::Secret, 1),
    ("parameter", Thing::Parameter, 0),
    ("database", Thing::Database, 0),
    ("databaseid", Thing::Database, 1),
    ("engine", Thing::Database, 2),
    ("cluster", Thing::Cluster, 0),
    ("oidc", Thing::Cluster, 1),
    ("service", Thing::Cluster, 2),
    ("nodegroup", Thing::Cluster, 3),
    ("repository", Thing::Repository, 0),
    ("table", Thing::Table, 0),
    ("loggroup", Thing::LogGroup, 0),
    ("queue", Thing::Queue, 0),
    ("topic", Thing::Topic, 0),
    ("balancer", Thing::Balancer, 0),
    ("targets", Thing::Balancer, 1),
    ("scaling", Thing::Scaling, 0),
    ("stack", Thing::Stack, 0),
    ("stackid", Thing::Stack, 1),
    ("policy", Thing::Policy, 0),
    ("organisation", Thing::Policy, 1),
    ("alarm", Thing::Alarm, 0),
    ("stream", Thing::Stream, 0),
    ("object", Thing::Object, 0),
    ("word", Thing::Word, 0),
];

const KINDS: usize = 24;
const TEAMS: [&str; 12] = [
    "orders",
    "payments",
    "catalog",
    "search",
    "identity",
    "billing",
    "media",
    "analytics",
    "web",
    "inventory",
    "shipping",
    "notifications",
];
const STAGES: [&str; 3] = ["prod", "prod", "staging"];

impl Thing {
    pub(super) fn named(name: &str) -> Option<(Self, u8)> {
        NAMES.iter().find(|(known, ..)| *known == name).map(|(_, thing, facet)| (*thing, *facet))
    }
}

/// The things of one kind, facet by facet.
#[derive(Debug, Default)]
struct Pool {
    text: Vec<u8>,
    /// Ends in the text, a thing's facets after each other.
    ends: Vec<u32>,
    facets: u32,
    things: u32,
}

impl Pool {
    fn push(&mut self, facets: &[&str]) {
        for facet in facets {
            self.text.extend_from_slice(facet.as_bytes());
            self.ends.push(self.text.len() as u32);
        }
        self.facets = facets.len() as u32;
        self.things += 1;
    }

    fn get(&self, thing: u32, facet: u8) -> &[u8] {
        let at = (thing * self.facets + u32::from(facet)) as usize;
        let from = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[from as usize..self.ends[at] as usize]
    }
}

/// Everything of one account.
#[derive(Debug)]
pub(crate) struct Estate {
    pub(crate) account: AccountId,
    pub(crate) region: Region,
    pools: [Pool; KINDS],
}

impl Estate {
    pub(crate) fn new(world: &World, number: u32) -> Self {
        let mut estate = Self {
            account: world.accounts[number as usize],
            region: world.region.clone(),
            pools: std::array::from_fn(|_| Pool::default()),
        };
        estate.furnish_network(world, number);
        estate.furnish_identities(world, number);
        estate.furnish_applications(world, number);
        estate.furnish_platform(world, number);
        estate
    }

    /// A facet of the thing that `focus` chooses; some are chosen far more often than others.
    pub(super) fn thing(&self, thing: Thing, facet: u8, focus: u64, ordinal: u8) -> &[u8] {
        let pool = &self.pools[thing as usize];
        let bits = scatter(focus ^ (thing as u64) << 8 ^ u64::from(ordinal) << 16);
        let (a, b) = (bits >> 32, bits & 0xffff_ffff);
        let rank = (a * b) >> 32;
        pool.get(((rank * u64::from(pool.things)) >> 32) as u32, facet)
    }

    /// The facet of the `nth` thing of a kind, modulo how many there are.
    pub(crate) fn nth(&self, thing: Thing, nth: u32, facet: u8) -> &str {
        let pool = &self.pools[thing as usize];
        std::str::from_utf8(pool.get(nth % pool.things.max(1), facet)).unwrap_or_default()
    }

    /// How many things of a kind there are.
    pub(crate) fn count(&self, thing: Thing) -> u32 {
        self.pools[thing as usize].things
    }

    fn push(&mut self, thing: Thing, facets: &[&str]) {
        self.pools[thing as usize].push(facets);
    }

    fn furnish_network(&mut self, world: &World, number: u32) {
        for place in (0..PLACES).filter(|&place| world.site(number, place).role.instance()) {
            let it = world.instance(number, place);
            let mut dice = world.dice(number, "disks", place);
            self.push(
                Thing::Instance,
                &[
                    &it.instance_id,
                    &it.private_address,
                    it.instance_type,
                    &it.interface_id,
                    &it.subnet_id,
                    &it.vpc_id,
                    &it.availability_zone,
                    &it.image_id,
                    &resource("vol-", dice.next()),
                    &it.security_group_id,
                    &it.security_group,
                    &it.name,
                    &it.role_name,
                    &resource("snap-", dice.next()),
                    &format!("ip-{}", it.private_address.replace('.', "-")),
                ],
            );
        }
        for vpc in 0..VPCS {
            let facts = world.vpc(number, vpc);
            let mut dice = world.dice(number, "routes", vpc);
            let subnet = facts.subnets.first().map_or("", |subnet| subnet.subnet_id.as_str());
            self.push(
                Thing::Vpc,
                &[
                    &facts.vpc_id,
                    subnet,
                    &facts.cidr,
                    &resource("rtb-", dice.next()),
                    &resource("igw-", dice.next()),
                    &resource("vpce-", dice.next()),
                ],
            );
        }
    }

    fn furnish_identities(&mut self, world: &World, number: u32) {
        for nth in 0..World::ROLES {
            let role = world.role(number, nth);
            self.push(Thing::Role, &[&role.name, &role.role_id, role.path]);
        }
        for nth in 0..World::PEOPLE {
            let person = world.person(number, nth);
            self.push(Thing::User, &[&person.name, &person.user_id, &person.access_key]);
        }
        for nth in 0..World::BUCKETS {
            self.push(Thing::Bucket, &[&world.bucket(number, nth)]);
        }
        let aliases = ["data", "secrets", "logs", "backups", "ebs", "parameters"];
        for nth in 0..World::KMS_KEYS {
            self.push(
                Thing::Key,
                &[&world.kms_key(number, nth), aliases[nth as usize % aliases.len()]],
            );
        }
        for name in ["deploy", "read-logs", "write-metrics", "boundary", "break-glass"] {
            let mut dice = world.dice(number, name, 0);
            let team = *dice.pick(&TEAMS);
            self.push(Thing::Policy, &[&format!("{team}-{name}"), &world.organisation().id]);
        }
    }

    fn furnish_applications(&mut self, world: &World, number: u32) {
        for nth in 0..24 {
            let mut dice = world.dice(number, "application", nth);
            let team = TEAMS[nth as usize % TEAMS.len()];
            let stage = *dice.pick(&STAGES);
            let work = *dice.pick(&["api", "worker", "events", "sync", "export", "webhook"]);
            let name = format!("{team}-{stage}-{work}");
            let uuid = uuid(&mut dice);
            self.push(Thing::Function, &[&name, &uuid]);
            let secret = format!("{stage}/{team}/{}", dice.pick(&["db", "api-key", "oauth"]));
            let id = format!("{secret}-{}", letters(&mut dice, 6));
            self.push(Thing::Secret, &[&secret, &id]);
            self.push(Thing::Parameter, &[&format!("/{stage}/{team}/{work}/config")]);
            self.push(
                Thing::Table,
                &[&format!("{team}-{stage}-{}", dice.pick(&["items", "state"]))],
            );
            let group = match nth % 3 {
                0 => format!("/aws/lambda/{name}"),
                1 => format!("/ecs/{team}-{stage}"),
                _ => format!("/aws/containerinsights/{team}/application"),
            };
            self.push(Thing::LogGroup, &[&group]);
            self.push(Thing::Queue, &[&format!("{name}-queue")]);
            self.push(Thing::Topic, &[&format!("{team}-{stage}-alerts")]);
            self.push(Thing::Stream, &[&format!("{team}-{stage}-stream")]);
            self.push(Thing::Alarm, &[&format!("{name}-5xx-high")]);
            self.push(Thing::Object, &[&format!("{team}/{stage}/{}", object(&mut dice))]);
            self.push(Thing::Word, &[team]);
        }
    }

    fn furnish_platform(&mut self, world: &World, number: u32) {
        for nth in 0..8 {
            let mut dice = world.dice(number, "platform", nth);
            let team = *dice.pick(&TEAMS);
            let stage = *dice.pick(&STAGES);
            let mut hex = |length| {
                let mut out = Vec::new();
                glyphs::hex(&mut out, dice.next(), length);
                crate::text::ascii(out)
            };
            let (oidc, balancer, targets) = (hex(32).to_uppercase(), hex(16), hex(16));
            let engine = ["aurora-postgresql", "postgres", "mysql"][nth as usize % 3];
            let database = format!("{team}-{stage}-{}", nth + 1);
            let id = unique_id("db-", &mut dice);
            self.push(Thing::Database, &[&database, &id, engine]);
            self.push(
                Thing::Cluster,
                &[&format!("{team}-{stage}"), &oidc, &format!("{team}-svc"), &format!("{team}-ng")],
            );
            self.push(Thing::Repository, &[&format!("{team}/{}", dice.pick(&["api", "worker"]))]);
            self.push(
                Thing::Balancer,
                &[
                    &format!("app/{team}-{stage}/{balancer}"),
                    &format!("targetgroup/{team}-{stage}/{targets}"),
                ],
            );
            self.push(Thing::Scaling, &[&format!("{team}-{stage}-asg")]);
            let stack = uuid(&mut dice);
            self.push(Thing::Stack, &[&format!("{team}-{stage}"), &stack]);
        }
    }
}

pub(super) fn uuid(dice: &mut Dice) -> String {
    let mut out = Vec::with_capacity(36);
    glyphs::uuid(&mut out, dice.next(), dice.next());
    crate::text::ascii(out)
}

/// Letters and digits of both cases, as Secrets Manager ends the names of its ARNs.
fn letters(dice: &mut Dice, length: usize) -> String {
    let mut out = Vec::new();
    while out.len() < length {
        glyphs::base64(&mut out, dice.next(), length * 2);
        out.retain(u8::is_ascii_alphanumeric);
    }
    out.truncate(length);
    crate::text::ascii(out)
}

fn object(dice: &mut Dice) -> String {
    let name =
        *dice.pick(&["part-00017.parquet", "index.json", "avatar.png", "2026/01/export.csv"]);
    format!("{:08x}/{name}", dice.next() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tributary_vocabulary::Seed;

    #[test]
    fn every_name_has_its_facet() {
        let world = World::new(Seed::new(7), Region::us_west_2(), vec![AccountId::repeated(1)]);
        let estate = Estate::new(&world, 0);
        for (name, thing, facet) in NAMES {
            assert!(estate.count(thing) > 0, "{name}");
            for nth in 0..estate.count(thing) {
                assert!(!estate.nth(thing, nth, facet).is_empty(), "{name} {nth}");
            }
        }
        assert!(NAMES.iter().all(|(_, thing, _)| (*thing as usize) < KINDS));
        let id = estate.thing(Thing::Instance, 0, 5, 1);
        assert_eq!(id, estate.thing(Thing::Instance, 0, 5, 1));
        assert!(id.starts_with(b"i-0"));
    }
}
