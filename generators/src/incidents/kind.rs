//! The kinds of incidents, and their names.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A kind of attack that a plan can plant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Incident {
    /// One host of the internet tries thousands of ports of a public instance: refusals in the
    /// flow log, a `Recon:EC2/Portscan`-like finding.
    PortScan,
    /// Hosts of the internet guess SSH passwords of a public instance.
    SshBruteForce,
    /// The same for RDP.
    RdpBruteForce,
    /// A person's access key is used from an anonymising network: looking around, then making a
    /// user and a key.
    LeakedKey,
    /// An instance sends gigabytes to one address that nobody called before; its role's key is
    /// used from that address.
    Exfiltration,
    /// An instance talks to a mining pool for hours; its role starts large instances.
    CryptoMining,
}

/// Text that names no incident.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no incident '{name}'{hint}: the incidents are {all}", all = Incident::names())]
pub struct IncidentError {
    /// What was asked for.
    pub name: String,
    /// What may have been meant, as `; did you mean 'port-scan'?`, or nothing.
    pub hint: String,
}

impl Incident {
    /// All kinds.
    pub const ALL: [Self; 6] = [
        Self::PortScan,
        Self::SshBruteForce,
        Self::RdpBruteForce,
        Self::LeakedKey,
        Self::Exfiltration,
        Self::CryptoMining,
    ];

    /// The name that commands and scenarios use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PortScan => "port-scan",
            Self::SshBruteForce => "ssh-brute-force",
            Self::RdpBruteForce => "rdp-brute-force",
            Self::LeakedKey => "leaked-key",
            Self::Exfiltration => "exfiltration",
            Self::CryptoMining => "crypto-mining",
        }
    }

    fn names() -> String {
        Self::ALL.map(Self::name).join(", ")
    }
}

impl fmt::Display for Incident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Incident {
    type Err = IncidentError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|incident| incident.name() == text);
        found.ok_or_else(|| IncidentError {
            name: text.to_owned(),
            hint: crate::meant::meant(text, Self::ALL.map(Self::name)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_round_trip_and_typos_are_helped() {
        for incident in Incident::ALL {
            assert_eq!(incident.name().parse(), Ok(incident));
        }
        let error = "portscan".parse::<Incident>().unwrap_err().to_string();
        assert!(error.contains("did you mean 'port-scan'?"), "{error}");
    }
}
