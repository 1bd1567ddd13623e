//! The interfaces that a load is written for, and the edges between them.

use std::sync::Arc;

use tributary_vocabulary::Seed;

use crate::dice::Dice;
use crate::incidents::Plot;
use crate::traffic::Origin;
use crate::world::{Role, Site, World, log_stream};

use super::edge::{Edge, Profile, Route};
use super::length::Lengths;

/// Records that one interface should have in a window: as many as keep a burst plausible.
const RECORDS_PER_WINDOW: f64 = 100.0;
/// Windows a second of one interface.
const WINDOWS_PER_SECOND: f64 = 1.0 / 60.0;
/// A small account has a load balancer, a web server, an application and a database.
const FEWEST: f64 = 4.0;
/// AWS's default quota of interfaces in an account and Region.
const MOST: f64 = 5_000.0;

/// An interface as a load uses it.
#[derive(Debug, Clone)]
pub(crate) struct Interface {
    pub(crate) site: Site,
    /// `2 <account> <interface> `: how every default line of it begins.
    pub(crate) head: Vec<u8>,
    pub(crate) stream: Arc<str>,
    pub(crate) origin: Origin,
    /// The root of everything random about its traffic.
    pub(crate) key: u64,
    /// Incidents that hit it, by their number.
    pub(crate) plots: Vec<u32>,
    /// Place in the order of (account, log stream).
    pub(crate) rank: u32,
    /// When in a round its window is delivered, in milliseconds, but for a jitter.
    pub(crate) phase_ms: i64,
    /// Seconds from the end of a window to its delivery.
    pub(crate) lag_s: i64,
    /// Records in a window, on average, at the load's plain rate.
    pub(crate) quota: f64,
}

/// The interfaces of a load, account by account, and the edges between them.
#[derive(Debug)]
pub(crate) struct Fabric {
    pub(crate) interfaces: Vec<Interface>,
    /// Where each account's interfaces begin; one more entry at the end.
    pub(crate) accounts: Vec<usize>,
    edges: Vec<Edge>,
    /// Edges of each interface, and where they begin.
    incident: Vec<u32>,
    begins: Vec<u32>,
    pub(crate) lengths: Lengths,
}

/// What one account has of a load.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Portion {
    /// Events a second.
    pub(crate) rate: f64,
    /// The highest rate over the mean of the load's shape.
    pub(crate) peak: f64,
    /// Interfaces of the account that earlier loads use.
    pub(crate) taken: u32,
}

impl Portion {
    /// How many interfaces carry it.
    pub(crate) fn interfaces(&self) -> u32 {
        if self.rate <= 0.0 {
            return 0;
        }
        let busy = self.rate * (self.peak / 2.0).max(1.0) / WINDOWS_PER_SECOND / RECORDS_PER_WINDOW;
        busy.round().clamp(FEWEST, MOST) as u32
    }
}

impl Fabric {
    pub(crate) fn new(world: &World, seed: Seed, portions: &[Portion]) -> Self {
        let mut interfaces = Vec::new();
        let mut accounts = vec![0];
        for (account, portion) in (0_u32..).zip(portions) {
            populate(world, seed, account, portion, &mut interfaces);
            accounts.push(interfaces.len());
        }
        rank(world, &mut interfaces);
        let peak = portions.iter().fold(1.0_f64, |peak, portion| peak.max(portion.peak));
        let edges = connect(&interfaces, &accounts, peak);
        let (incident, begins) = index(&edges, interfaces.len());
        Self { interfaces, accounts, edges, incident, begins, lengths: Lengths::new(seed) }
    }

    /// Tells the interfaces which incidents hit them.
    pub(crate) fn plant(&mut self, plots: &[Plot]) {
        for (nth, plot) in (0_u32..).zip(plots) {
            let (account, place) = (plot.holder, plot.place);
            let victim = |of: &&mut Interface| of.site.account == account && of.site.place == place;
            if let Some(interface) = self.interfaces.iter_mut().find(victim) {
                interface.plots.push(nth);
            }
        }
    }

    /// The edges that interface `of` sees.
    pub(crate) fn edges(&self, of: u32) -> impl Iterator<Item = &Edge> {
        let (from, to) = (self.begins[of as usize], self.begins[of as usize + 1]);
        self.incident[from as usize..to as usize].iter().map(|&edge| &self.edges[edge as usize])
    }
}

/// Appends the interfaces of one account.
fn populate(
    world: &World,
    seed: Seed,
    account: u32,
    portion: &Portion,
    interfaces: &mut Vec<Interface>,
) {
    const LAGS: [i64; 16] = [22, 25, 28, 31, 34, 38, 42, 47, 53, 60, 68, 78, 90, 105, 120, 140];
    let sites: Vec<Site> =
        (0..portion.interfaces()).map(|place| world.site(account, portion.taken + place)).collect();
    let weights: f64 = sites.iter().map(|site| f64::from(site.role.weight())).sum();
    let offset = sites.first().map_or(0, |site| site.key);
    for (nth, site) in (1_u64..).zip(sites) {
        let mut dice = Dice::at(site.key, 0x1a6, 0);
        // Steps of the golden section fill a round evenly, however many interfaces there are.
        let turn = offset.wrapping_add(nth.wrapping_mul(0x9e37_79b9_7f4a_7c15)) >> 32;
        let id = site.interface_id();
        interfaces.push(Interface {
            site,
            head: format!("2 {} {id} ", world.accounts[account as usize]).into_bytes(),
            stream: Arc::from(log_stream(&id)),
            origin: Origin::Interface {
                vpc_id: Arc::from(world.vpc_id(account, site.vpc)),
                subnet_id: Arc::from(world.subnet_id(account, site.vpc, site.subnet())),
                interface_id: Arc::from(id),
            },
            key: Dice::at(site.key, seed.number(), 0xf10).next(),
            plots: Vec::new(),
            rank: 0,
            phase_ms: ((turn * 52_000) >> 32) as i64,
            lag_s: *dice.pick(&LAGS),
            quota: portion.rate / WINDOWS_PER_SECOND * f64::from(site.role.weight()) / weights,
        });
    }
}

/// Numbers the interfaces in the order of (account, log stream).
fn rank(world: &World, interfaces: &mut [Interface]) {
    let mut order: Vec<usize> = (0..interfaces.len()).collect();
    order.sort_by(|&a, &b| {
        let key =
            |n: usize| (world.accounts[interfaces[n].site.account as usize], &interfaces[n].stream);
        key(a).cmp(&key(b))
    });
    for (rank, nth) in (0_u32..).zip(order) {
        interfaces[nth].rank = rank;
    }
}

/// Who calls whom in a stack: port, weight, profile.
fn link(client: &Site, server: &Site) -> Option<(Route, u16, f64, Profile)> {
    let inside = |weight, profile| Some((Route::Inside, server.port(), weight, profile));
    match (client.role, server.role) {
        (Role::LoadBalancer, Role::Web) | (Role::Web, Role::App) => inside(30.0, Profile::Web),
        (Role::App, Role::Database) => inside(30.0, Profile::Query),
        (Role::App, Role::Cache) => inside(20.0, Profile::Query),
        (Role::Worker, Role::Database) => inside(15.0, Profile::Query),
        (Role::Web | Role::Worker, Role::Cache) => inside(8.0, Profile::Query),
        (Role::App, Role::Worker) => inside(8.0, Profile::Upload),
        (Role::Bastion, Role::Web | Role::App | Role::Worker) => {
            Some((Route::Inside, 22, 1.0, Profile::Query))
        }
        (Role::App | Role::Worker, Role::Nat) => Some((Route::Nat, 443, 10.0, Profile::Web)),
        _ => None,
    }
}

/// A possible edge before its share is known.
struct Draft {
    route: Route,
    profile: Profile,
    client: usize,
    server: usize,
    port: u16,
    weight: f64,
}

/// All edges: within a stack, and from the stack to S3.
fn connect(interfaces: &[Interface], accounts: &[usize], peak: f64) -> Vec<Edge> {
    let mut edges = Vec::new();
    for span in accounts.windows(2) {
        let mut at = span[0];
        while at < span[1] {
            let stack = interfaces[at].site.stack;
            let size = interfaces[at..span[1]].iter().take_while(|i| i.site.stack == stack).count();
            let first = edges.len();
            wire(interfaces, at, at + size, peak, &mut edges);
            share_nat_ports(&mut edges[first..]);
            at += size;
        }
    }
    edges
}

/// The edges of the stack `from..to`.
fn wire(interfaces: &[Interface], from: usize, to: usize, peak: f64, edges: &mut Vec<Edge>) {
    let mut drafts = Vec::new();
    for client in from..to {
        for server in from..to {
            let (a, b) = (&interfaces[client].site, &interfaces[server].site);
            if let Some((route, port, weight, profile)) = link(a, b) {
                drafts.push(Draft { route, profile, client, server, port, weight });
            }
        }
        let role = interfaces[client].site.role;
        if !role.public() && role != Role::Standby {
            let draft = Draft {
                route: Route::Endpoint,
                profile: Profile::Upload,
                client,
                server: client,
                port: 443,
                weight: 5.0,
            };
            drafts.push(draft);
        }
    }
    let load = |of: usize| -> f64 { drafts.iter().map(|draft| draft.records(of)).sum() };
    let loads: Vec<f64> = (from..to).map(load).collect();
    for draft in &drafts {
        let share = |of: usize| {
            let quota = interfaces[of].quota;
            // A quiet interface keeps more room, because few connections vary more.
            0.5 * quota * quota / (quota + 15.0) * draft.weight / loads[of - from]
        };
        let per_slot = share(draft.client).min(share(draft.server)).min(4_000.0);
        edges.push(draft.edge(interfaces, per_slot, peak));
    }
}

impl Draft {
    /// Records in a window of interface `of` for one unit of connections a slot.
    fn records(&self, of: usize) -> f64 {
        const CUT_IN_TWO: f64 = 1.15;
        if of != self.client && of != self.server {
            0.0
        } else if self.route == Route::Nat && of == self.server {
            self.weight * 4.0 * CUT_IN_TWO
        } else {
            self.weight * 2.0 * CUT_IN_TWO
        }
    }

    fn edge(&self, interfaces: &[Interface], per_slot: f64, peak: f64) -> Edge {
        let pool = match self.route {
            Route::Inside => (per_slot * 0.35).min(400.0) as u64,
            Route::Endpoint => per_slot.min(400.0) as u64,
            Route::Nat => 0,
        };
        let short = if self.route == Route::Endpoint { 0.0 } else { per_slot - pool as f64 };
        let (client, server) = (&interfaces[self.client], &interfaces[self.server]);
        let key = Dice::at(client.key, server.key, u64::from(self.port)).next();
        let (client, server) = (&client.site, &server.site);
        Edge {
            route: self.route,
            profile: self.profile,
            client: self.client as u32,
            server: self.server as u32,
            client_address: client.address,
            server_address: server.address,
            port: self.port,
            key,
            per_slot: short,
            most: (short * peak.max(1.0)).ceil() as u64 + 1,
            pool,
            nat: (0, 0),
        }
    }
}

/// Gives every edge through a NAT gateway ports of its own, so that no two connections share one.
fn share_nat_ports(edges: &mut [Edge]) {
    let gateways: std::collections::BTreeSet<u32> =
        edges.iter().filter(|edge| edge.route == Route::Nat).map(|edge| edge.server).collect();
    for gateway in gateways {
        let through = |edge: &Edge| edge.route == Route::Nat && edge.server == gateway;
        let total = edges.iter().filter(|edge| through(edge)).map(|edge| edge.most).sum();
        let mut first = 0;
        for edge in edges.iter_mut().filter(|edge| through(edge)) {
            edge.nat = (first, total);
            first += edge.most;
        }
    }
}

/// Edges by interface.
fn index(edges: &[Edge], interfaces: usize) -> (Vec<u32>, Vec<u32>) {
    let mut ends: Vec<(u32, u32)> = Vec::with_capacity(edges.len() * 2);
    for (nth, edge) in (0_u32..).zip(edges) {
        ends.push((edge.client, nth));
        if edge.server != edge.client {
            ends.push((edge.server, nth));
        }
    }
    ends.sort_unstable();
    let mut begins = vec![0_u32; interfaces + 1];
    for (interface, _) in &ends {
        begins[*interface as usize + 1] += 1;
    }
    for nth in 1..begins.len() {
        begins[nth] += begins[nth - 1];
    }
    (ends.into_iter().map(|(_, edge)| edge).collect(), begins)
}
