//! What an interface is for, and how much goes over it.

/// What an interface is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    /// A node of a load balancer: clients of the internet, and noise.
    LoadBalancer,
    /// A web server behind the load balancer, with a public address.
    Web,
    /// An application server in a private subnet.
    App,
    /// A database.
    Database,
    /// A cache.
    Cache,
    /// A NAT gateway.
    Nat,
    /// A host that people log in to.
    Bastion,
    /// A queue worker in a private subnet.
    Worker,
    /// A spare in a private subnet: most of its windows have no traffic.
    Standby,
}

use Role::{App, Bastion, Cache, Database, LoadBalancer, Nat, Standby, Web, Worker};

/// One of everything that serves one availability zone; a small account has its beginning only.
pub(super) const STACK: [Role; 16] = [
    LoadBalancer,
    Web,
    App,
    Database,
    Nat,
    App,
    Web,
    Worker,
    Bastion,
    App,
    Cache,
    LoadBalancer,
    App,
    Web,
    Database,
    Standby,
];

impl Role {
    /// Share of records, against the others.
    pub(crate) const fn weight(self) -> u32 {
        match self {
            LoadBalancer => 240,
            Nat => 180,
            Web => 140,
            Database | Cache => 110,
            App => 100,
            Worker => 60,
            Bastion => 30,
            Standby => 2,
        }
    }

    /// Records of 1,000 that are refusals (flow-log reference, 3.2).
    pub(crate) const fn rejects(self) -> u32 {
        match self {
            LoadBalancer => 170,
            Web => 130,
            Bastion => 600,
            Nat => 35,
            App | Worker | Standby => 15,
            Database | Cache => 6,
        }
    }

    /// True when the internet reaches it.
    pub(crate) const fn public(self) -> bool {
        matches!(self, LoadBalancer | Web | Bastion | Nat)
    }

    /// True when it is an EC2 instance; AWS runs the others itself.
    pub(crate) const fn instance(self) -> bool {
        !matches!(self, LoadBalancer | Nat | Database | Cache)
    }

    /// The subnet tier: 0 public, 1 private, 2 data.
    pub(crate) const fn tier(self) -> u32 {
        match self {
            LoadBalancer | Web | Bastion | Nat => 0,
            App | Worker | Standby => 1,
            Database | Cache => 2,
        }
    }
}
