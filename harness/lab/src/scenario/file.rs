//! `scenario.yaml`: topology, load, expectations.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;
use tributary_generators::{FlowFormat, Incident, Shape};
use tributary_vocabulary::{Region, Source};

use super::embedded::EMBEDDED_SCENARIO;
use crate::backend::Capability;
use crate::topology::{OrganizationFile, Policies, PolicyFileError, Step};

/// Why a scenario cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub enum ScenarioError {
    /// There is no such scenario.
    #[error(
        "there is no scenario '{name}': {known}, or give the path of a folder with a scenario.yaml in it"
    )]
    Unknown {
        /// What was asked for.
        name: String,
        /// What there is, as a sentence.
        known: String,
    },
    /// The file cannot be read.
    #[error("{path} cannot be read: {error}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why not.
        error: std::io::Error,
    },
    /// The file is not a scenario.
    #[error("{path} is not a scenario: {message}")]
    Invalid {
        /// The file.
        path: PathBuf,
        /// What is wrong, and where.
        message: String,
    },
    /// Its policies cannot be read.
    #[error(transparent)]
    Policies(#[from] PolicyFileError),
}

/// A scenario, as its file says it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Its name.
    pub name: String,
    /// What it shows, in a sentence.
    #[serde(default)]
    pub description: String,
    /// Accounts and stream.
    #[serde(default)]
    pub topology: TopologyFile,
    /// The transform.
    #[serde(default = "default_transform")]
    pub transform: String,
    /// The scenario beside this one whose documents it takes where it has none of its own; but for
    /// `destination_policy_with_master.json`, which follows its own `destination_policy.json`.
    #[serde(default)]
    pub policies_from: Option<String>,
    /// The traffic.
    pub load: Vec<LoadFile>,
    /// Attacks that are planted in it.
    #[serde(default)]
    pub incidents: Vec<Incident>,
    /// The fields of flow logs, such as `${version} ${vpc-id} …`; those of version 2 when absent.
    #[serde(default, deserialize_with = "from_text")]
    pub flow_format: FlowFormat,
    /// What is expected of the delivery.
    #[serde(default)]
    pub expect: Expect,
    /// What a backend has to be able to do, such as `filter-patterns`: on one that cannot, the
    /// scenario is skipped.
    #[serde(default)]
    pub requires: Vec<Capability>,
    /// Whether the harness may carry hops that the backend lacks.
    #[serde(default)]
    pub bridges: Bridging,
    /// The folder that it lies in; `None` for the one that comes with the crate.
    #[serde(skip)]
    pub folder: Option<PathBuf>,
}

/// Accounts and stream.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TopologyFile {
    /// The Region of everything.
    pub region: Region,
    /// Member accounts.
    pub members: usize,
    /// Shards of the central stream.
    pub shards: u32,
    /// How long the central stream keeps records.
    pub retention_hours: i32,
    /// The sources that are set up in all accounts.
    pub sources: Vec<Source>,
    /// Steps of the set-up that are left out.
    pub without: Vec<Step>,
    /// The organisation that the accounts are in.
    pub organization: Option<OrganizationFile>,
}

impl Default for TopologyFile {
    fn default() -> Self {
        Self {
            region: Region::us_west_2(),
            members: 2,
            shards: 4,
            retention_hours: 168,
            sources: Source::ALL.to_vec(),
            without: Vec::new(),
            organization: None,
        }
    }
}

/// The traffic of one source.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoadFile {
    /// The source.
    pub source: Source,
    /// Events per second, all accounts together.
    pub rate: f64,
    /// How long.
    #[serde(rename = "for", deserialize_with = "duration")]
    pub lasting: Duration,
    /// How the rate changes: `constant`, `ramp:0.5..2`, `burst:10m/30s/10`, `step:5m=2`, `daily:4`.
    #[serde(default, deserialize_with = "from_text")]
    pub shape: Shape,
    /// How much of it accounts have, by `member-1` or id, where others have 1.
    #[serde(default)]
    pub weights: BTreeMap<String, u32>,
    /// CloudTrail: how many of 1,000 calls of workloads are data events.
    #[serde(default)]
    pub data_events: u32,
}

/// What is expected of the delivery.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Expect {
    /// How often an event may arrive.
    pub delivery: Guarantee,
}

/// How often an event may arrive.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Guarantee {
    /// Once: a duplicate is a failure.
    #[default]
    ExactlyOnce,
    /// Once or more.
    AtLeastOnce,
}

/// Whether the harness may carry hops that the backend lacks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bridging {
    /// It may, and the report says so beside the figures.
    #[default]
    Allowed,
    /// It may not: on such a backend the scenario is skipped.
    Refused,
}

fn default_transform() -> String {
    "builtin:envelope".to_owned()
}

fn from_text<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
}

fn duration<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    let text = String::deserialize(deserializer)?;
    parse_duration(&text).ok_or_else(|| {
        serde::de::Error::custom(format!("'{text}' is not a duration, such as 90s, 15m or 2h"))
    })
}

/// A duration such as `90s`, `15m`, `2h` or `1h30m`; `None` for zero and for anything else.
#[must_use]
pub fn parse_duration(text: &str) -> Option<Duration> {
    let mut total = 0_u64;
    let mut number = String::new();
    for character in text.chars() {
        if character.is_ascii_digit() {
            number.push(character);
            continue;
        }
        let unit = match character {
            's' => 1,
            'm' => 60,
            'h' => 3600,
            'd' => 86_400,
            _ => return None,
        };
        let amount: u64 = number.parse().ok()?;
        total = total.checked_add(amount.checked_mul(unit)?)?;
        number.clear();
    }
    (number.is_empty() && total > 0).then(|| Duration::from_secs(total))
}

impl Scenario {
    /// The scenario of this name or folder: a folder with a `scenario.yaml`, else a folder of
    /// `scenarios/` here, else the one that comes with the crate.
    ///
    /// # Errors
    /// When there is none, or its file is no scenario.
    pub fn find(name: &str) -> Result<Self, ScenarioError> {
        for folder in [PathBuf::from(name), Path::new("scenarios").join(name)] {
            if folder.join("scenario.yaml").is_file() {
                return Self::read(&folder);
            }
        }
        if name == "centralized-logging" {
            return Self::parse(EMBEDDED_SCENARIO, Path::new("centralized-logging"));
        }
        let mut known = Self::names();
        if known.is_empty() {
            known.push("centralized-logging".to_owned());
        }
        let known = match known.as_slice() {
            [one] => format!("there is {one}"),
            many => format!("there are {}", many.join(", ")),
        };
        Err(ScenarioError::Unknown { name: name.to_owned(), known })
    }

    /// The names of the folders of `scenarios/` here that hold a scenario.
    #[must_use]
    pub fn names() -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir("scenarios")
            .into_iter()
            .flatten()
            .flatten()
            .filter(|folder| folder.path().join("scenario.yaml").is_file())
            .map(|folder| folder.file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    /// Reads the scenario of a folder.
    ///
    /// # Errors
    /// When its file cannot be read or is no scenario.
    pub fn read(folder: &Path) -> Result<Self, ScenarioError> {
        let path = folder.join("scenario.yaml");
        let text = std::fs::read_to_string(&path)
            .map_err(|error| ScenarioError::Unreadable { path: path.clone(), error })?;
        let mut scenario = Self::parse(&text, &path)?;
        scenario.folder = Some(folder.to_owned());
        Ok(scenario)
    }

    fn parse(text: &str, path: &Path) -> Result<Self, ScenarioError> {
        let invalid = |message: String| ScenarioError::Invalid { path: path.to_owned(), message };
        let scenario: Self =
            serde_saphyr::from_str(text).map_err(|error| invalid(error.to_string()))?;
        if scenario.load.is_empty() {
            return Err(invalid("its load is empty: name at least one source".to_owned()));
        }
        Ok(scenario)
    }

    /// The policy documents beside the scenario's file, or those that come with the crate.
    pub(crate) fn policies(&self) -> Result<Policies, ScenarioError> {
        match &self.folder {
            Some(folder) => {
                let mut policies = match &self.policies_from {
                    Some(base) => Self::base_policies(folder, base)?,
                    None => Policies::default(),
                };
                policies.overlay(Policies::read(&folder.join("policies"))?);
                Ok(policies)
            }
            None => Ok(Policies::centralized_logging()),
        }
    }

    /// The documents of the scenario beside this one, or of the one that comes with the crate.
    fn base_policies(folder: &Path, base: &str) -> Result<Policies, ScenarioError> {
        let beside = folder.parent().unwrap_or(folder).join(base).join("policies");
        if !beside.is_dir() && base == "centralized-logging" {
            return Ok(Policies::centralized_logging());
        }
        Ok(Policies::read(&beside)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_durations() {
        for (text, seconds) in [("90s", 90), ("15m", 900), ("1h30m", 5400), ("1d", 86_400)] {
            assert_eq!(parse_duration(text), Some(Duration::from_secs(seconds)), "{text}");
        }
        for text in ["", "0s", "15", "m", "-1m", "1.5h", "15 m", "99999999999999999999h"] {
            assert_eq!(parse_duration(text), None, "{text}");
        }
    }

    #[test]
    fn says_where_a_file_is_wrong() {
        for (text, part) in [
            (
                "name: x\nload:\n  - source: vpc-flow-logs\n    rate: 5\n    for: 1m\nlod: 1\n",
                "lod",
            ),
            ("name: x\nload:\n  - source: syslog\n    rate: 5\n    for: 1m\n", "syslog"),
            ("name: x\nload:\n  - source: vpc-flow-logs\n    rate: 5\n    for: soon\n", "soon"),
            ("name: x\nload: []\n", "load is empty"),
        ] {
            let error = Scenario::parse(text, Path::new("s.yaml")).unwrap_err().to_string();
            assert!(error.contains(part) && error.starts_with("s.yaml"), "{error}");
        }
    }
}
