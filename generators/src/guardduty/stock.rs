//! What one cell's findings are about: the part of an account that no other cell of it tells of.

use crate::cloudtrail::estate::{Estate, Thing};
use crate::world::{Instance, Person, World};

use super::kinds::{Kind, On};

/// Instances of a cell.
const INSTANCES: u32 = 12;
/// Places of a stack: which of them are instances repeats in all.
const STACK: u32 = 16;

/// The things of a cell.
#[derive(Debug)]
pub(super) struct Stock {
    pub(super) instances: Vec<Instance>,
    pub(super) people: Vec<Person>,
    /// Numbers in the estate.
    pub(super) buckets: Vec<u32>,
    pub(super) clusters: Vec<u32>,
    pub(super) databases: Vec<u32>,
    pub(super) functions: Vec<u32>,
    /// The root is told of by the first cell.
    pub(super) root: bool,
}

impl Stock {
    pub(super) fn new(world: &World, account: u32, estate: &Estate, cell: u32, cells: u32) -> Self {
        let mine = |count: u32| (0..count).filter(|nth| nth % cells == cell).collect();
        let people: Vec<u32> = mine(World::PEOPLE);
        // The instances of an account in their order, a block of them for each cell.
        let of_stack: Vec<u32> =
            (0..STACK).filter(|&place| world.site(account, place).role.instance()).collect();
        let each = of_stack.len().max(1) as u32;
        let instances = (cell * INSTANCES..(cell + 1) * INSTANCES)
            .filter_map(|nth| Some(nth / each * STACK + of_stack.get((nth % each) as usize)?))
            .map(|place| world.instance(account, place))
            .collect();
        Self {
            instances,
            people: people.into_iter().map(|nth| world.person(account, nth)).collect(),
            buckets: mine(estate.count(Thing::Bucket)),
            clusters: mine(estate.count(Thing::Cluster)),
            databases: mine(estate.count(Thing::Database)),
            functions: mine(estate.count(Thing::Function)),
            root: cell == 0,
        }
    }

    /// How many things a type can be about here.
    pub(super) fn count(&self, kind: &Kind) -> u32 {
        let public = |instance: &&Instance| instance.public_address.is_some();
        let count = match kind.on {
            // What comes in reaches those that have a public address.
            On::Instance if !kind.actor && kind.per_attacker() => {
                self.instances.iter().filter(public).count()
            }
            On::Instance | On::InstanceKey => self.instances.len(),
            On::Key => self.people.len(),
            On::Root => usize::from(self.root),
            On::Bucket | On::Object => self.buckets.len(),
            On::Eks | On::Ecs | On::Container => self.clusters.len(),
            On::Rds => self.databases.len(),
            On::Lambda => self.functions.len(),
            On::Sequence if kind.name.contains("IAM") => self.people.len(),
            On::Sequence if kind.name.contains("S3") => self.buckets.len(),
            On::Sequence if kind.name.contains("EC2") => self.instances.len(),
            On::Sequence => self.clusters.len(),
        };
        count as u32
    }

    /// The `nth` instance that such a type can be about.
    pub(super) fn instance(&self, kind: &Kind, nth: u32) -> Option<&Instance> {
        let narrow = !kind.actor && kind.per_attacker();
        self.instances
            .iter()
            .filter(|instance| !narrow || instance.public_address.is_some())
            .nth(nth as usize)
    }
}
