//! A run: everything that `run.json` holds.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Cause, Check, Delivery, Outcome, ShardFigures, StageFigures, Threshold, Topology,
    TransformFigures, Worker,
};

/// The name and version of the model.
pub const SCHEMA: &str = "tributary.run/1";

/// Everything that a run leaves behind; `run.json` is this, written down.
///
/// Two runs of one scenario and seed on virtual time differ in nothing but what
/// [`Run::without_wall_clock`] leaves out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Run {
    /// The name and version of this model: `tributary.run/1`.
    #[schemars(extend("const" = SCHEMA))]
    pub schema: String,
    /// The scenario's name.
    pub scenario: String,
    /// The seed that all chance came from.
    pub seed: u64,
    /// The backend that it ran on: `embedded`, `containers`, `endpoint`.
    pub backend: String,
    /// What answered there, such as `LocalStack 4.14.0 · OpenSearch 3.8.0`; null where the name of
    /// the backend says it all.
    #[serde(default)]
    pub backend_is: Option<String>,
    /// The clock that it ran by: `virtual` or `real`.
    pub clock: String,
    /// How it ended.
    pub outcome: Outcome,
    /// The exit code of the command.
    pub exit_code: u8,
    /// Seconds that passed by the run's clock: simulated ones on `virtual`, real ones on `real`.
    pub simulated_s: f64,
    /// Real seconds that it took. Wall clock: differs between runs of one seed.
    pub wall_s: f64,
    /// The SHA-256, in hexadecimal, of everything that happened in order; empty where the backend
    /// does not tell.
    pub trace_sha256: String,
    /// The moment at which the run's clock began, in milliseconds since 1970-01-01T00:00:00Z.
    #[serde(default)]
    pub epoch: i64,
    /// The command that repeats it.
    #[serde(default)]
    pub repeat: String,
    /// Which share of the traffic this was; null when it was all of it.
    #[serde(default)]
    pub worker: Option<Worker>,
    /// The size of what was run.
    #[serde(default)]
    pub topology: Topology,
    /// Hops that the harness carried because the backend lacks them, a sentence each; one about the
    /// bridge `subscription` begins with `subscription:`.
    pub bridges: Vec<String>,
    /// What was not run, and why.
    pub skipped: Vec<Skipped>,
    /// Where every event ended up.
    pub delivery: Delivery,
    /// What each stage did, in the order of the pipeline.
    pub stages: Vec<StageFigures>,
    /// What each shard carried.
    pub shards: Vec<ShardFigures>,
    /// What the transform did; null when there was none.
    pub transform: Option<TransformFigures>,
    /// What was checked.
    pub checks: Vec<Check>,
    /// The scenario's thresholds.
    pub thresholds: Vec<Threshold>,
    /// Why events stopped on their way.
    #[serde(default)]
    pub causes: Vec<Cause>,
}

/// Something that was not run, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Skipped {
    /// The capability that was missing.
    pub requires: String,
    /// Why, as a sentence.
    pub reason: String,
}

/// Text that is not a run file.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It is not JSON, or a field is missing or of another type.
    #[error("this is not a run file: {0}; a run file is what `tributary run --json FILE` writes")]
    Json(#[from] serde_json::Error),
    /// It is of another version.
    #[error(
        "this run file is of schema '{found}', and this command reads '{SCHEMA}': make it again with this version"
    )]
    Schema {
        /// The schema that it names.
        found: String,
    },
}

impl Run {
    /// A run about which nothing is known yet: aborted, with exit code 1, until it says otherwise.
    #[must_use]
    pub fn new(scenario: impl Into<String>, seed: u64) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            scenario: scenario.into(),
            seed,
            backend: "embedded".to_owned(),
            backend_is: None,
            clock: "virtual".to_owned(),
            outcome: Outcome::Aborted,
            exit_code: 1,
            simulated_s: 0.0,
            wall_s: 0.0,
            trace_sha256: String::new(),
            epoch: 0,
            repeat: String::new(),
            worker: None,
            topology: Topology::default(),
            bridges: Vec::new(),
            skipped: Vec::new(),
            delivery: Delivery::default(),
            stages: Vec::new(),
            shards: Vec::new(),
            transform: None,
            checks: Vec::new(),
            thresholds: Vec::new(),
            causes: Vec::new(),
        }
    }

    /// Reads a run file. Fields that this version does not know are passed over.
    ///
    /// # Errors
    /// When it is not JSON of this shape, or of another version of the model.
    pub fn from_json(text: &str) -> Result<Self, ReadError> {
        /// The version, which is looked at before anything else: another version may well have
        /// another shape, and "missing field" would hide the reason.
        #[derive(Deserialize)]
        struct Version {
            schema: String,
        }
        let Version { schema } = serde_json::from_str(text)?;
        if schema != SCHEMA {
            return Err(ReadError::Schema { found: schema });
        }
        Ok(serde_json::from_str(text)?)
    }

    /// The run without what the wall clock measured: `wall_s` and the transform's `cpu_s`,
    /// `events_per_s`, `mb_per_s` and `floor_ratio`. Two runs of one seed are equal in this form.
    #[must_use]
    pub fn without_wall_clock(self) -> Self {
        Self {
            wall_s: 0.0,
            transform: self.transform.map(TransformFigures::without_wall_clock),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_version_is_named() {
        let error = Run::from_json(r#"{"schema":"tributary.run/2"}"#).unwrap_err();
        assert!(error.to_string().contains("'tributary.run/2'"), "{error}");
        assert!(matches!(Run::from_json("[]"), Err(ReadError::Json(_))));
        assert!(matches!(
            Run::from_json(r#"{"schema":"tributary.run/1"}"#),
            Err(ReadError::Json(_))
        ));
    }

    #[test]
    fn unknown_fields_are_passed_over_and_later_ones_may_be_absent() {
        let mut value = serde_json::to_value(Run::new("demo", 7)).unwrap();
        let fields = value.as_object_mut().unwrap();
        fields.insert("tomorrow".to_owned(), serde_json::json!(1));
        for name in ["backend_is", "epoch", "repeat", "worker", "topology", "causes"] {
            assert!(fields.remove(name).is_some(), "{name}");
        }
        assert_eq!(Run::from_json(&value.to_string()).unwrap(), Run::new("demo", 7));
    }
}
