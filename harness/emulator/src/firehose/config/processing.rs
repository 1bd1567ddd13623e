//! `ProcessingConfiguration` (firehose reference, §5).

use serde::{Deserialize, Serialize};

use super::invalid;
use crate::kernel::{ServiceError, Validation};

const TYPES: &[&str] = &[
    "RecordDeAggregation",
    "Decompression",
    "CloudWatchLogProcessing",
    "Lambda",
    "MetadataExtraction",
    "AppendDelimiterToRecord",
];

/// The processors of a destination, as given, stored and described.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ProcessingConfiguration {
    /// Whether they run; left out means no.
    pub enabled: Option<bool>,
    /// The processors.
    pub processors: Option<Vec<Processor>>,
}

/// One processor.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Processor {
    /// Such as `Lambda`.
    #[serde(rename = "Type")]
    pub kind: Option<String>,
    /// Its parameters.
    pub parameters: Option<Vec<ProcessorParameter>>,
}

/// One parameter of a processor.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ProcessorParameter {
    /// Such as `LambdaArn`.
    pub parameter_name: Option<String>,
    /// Its value; always text.
    pub parameter_value: Option<String>,
}

impl ProcessingConfiguration {
    pub(crate) fn validate(&self, validation: &mut Validation, path: &str) {
        for (number, processor) in (1..).zip(self.processors.iter().flatten()) {
            let path = format!("{path}.processors.{number}.member");
            validation.required(&format!("{path}.type"), processor.kind.as_ref());
            if let Some(kind) = &processor.kind {
                validation.one_of(&format!("{path}.type"), kind, TYPES);
            }
            for (number, parameter) in (1..).zip(processor.parameters.iter().flatten()) {
                let path = format!("{path}.parameters.{number}.member");
                let name = format!("{path}.parameterName");
                validation.required(&name, parameter.parameter_name.as_ref());
                let value = format!("{path}.parameterValue");
                validation.required(&value, parameter.parameter_value.as_ref());
                if let Some(text) = &parameter.parameter_value {
                    validation.length(&value, text, 1, 5120);
                }
            }
        }
    }

    /// Whether processors run.
    #[must_use]
    pub fn is_enabled(&self) -> bool {
        self.enabled == Some(true)
    }

    /// The function's processor, when processing is enabled and has one.
    #[must_use]
    pub fn lambda(&self) -> Option<&Processor> {
        self.enabled_of_kind("Lambda")
    }

    /// The delimiter that is appended to each record of an S3 object.
    #[must_use]
    pub fn delimiter(&self) -> Option<String> {
        let processor = self.enabled_of_kind("AppendDelimiterToRecord")?;
        let given = processor.parameter("Delimiter").unwrap_or("\\n");
        Some(given.replace("\\n", "\n"))
    }

    fn enabled_of_kind(&self, kind: &str) -> Option<&Processor> {
        let processors = self.processors.iter().flatten();
        processors.filter(|_| self.is_enabled()).find(|p| p.kind.as_deref() == Some(kind))
    }

    pub(crate) fn check(&self) -> Result<(), ServiceError> {
        if !self.is_enabled() {
            return Ok(());
        }
        let kinds = || self.processors.iter().flatten().filter_map(|p| p.kind.as_deref());
        if kinds().next().is_none() || kinds().filter(|kind| *kind == "Lambda").count() > 1 {
            return Err(invalid(
                "Exactly 1 Processor needs to be supplied when processing is enabled",
            ));
        }
        let unsupported =
            kinds().find(|kind| !matches!(*kind, "Lambda" | "AppendDelimiterToRecord"));
        if let Some(kind) = unsupported {
            return Err(invalid(format!(
                "The processor type {kind} is not supported by this emulator; it has Lambda and \
                 AppendDelimiterToRecord"
            )));
        }
        self.lambda().map_or(Ok(()), check_lambda)
    }

    /// Fills in the parameters that AWS echoes back.
    pub(crate) fn fill(&mut self, delivery_role: &str) {
        self.enabled.get_or_insert(false);
        for processor in self.processors.get_or_insert_default() {
            if processor.kind.as_deref() != Some("Lambda") {
                continue;
            }
            for (name, value) in [
                ("NumberOfRetries", "3"),
                ("RoleArn", delivery_role),
                ("BufferSizeInMBs", "1"),
                ("BufferIntervalInSeconds", "60"),
            ] {
                if processor.parameter(name).is_none() {
                    processor.parameters.get_or_insert_default().push(ProcessorParameter {
                        parameter_name: Some(name.to_owned()),
                        parameter_value: Some(value.to_owned()),
                    });
                }
            }
        }
    }
}

impl Processor {
    /// The value of a parameter.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let parameters = self.parameters.iter().flatten();
        parameters
            .filter(|parameter| parameter.parameter_name.as_deref() == Some(name))
            .find_map(|parameter| parameter.parameter_value.as_deref())
    }
}

/// An unusual NumberOfRetries is accepted here and fails at delivery (firehose reference, §2.4).
fn check_lambda(processor: &Processor) -> Result<(), ServiceError> {
    if processor.parameter("LambdaArn").is_none() {
        return Err(invalid("The Lambda processor needs the parameter LambdaArn"));
    }
    let within = |name: &str, low: f64, high: f64| match processor.parameter(name) {
        Some(text) if !text.parse::<f64>().is_ok_and(|n| (low..=high).contains(&n)) => {
            Err(invalid(format!(
                "The value {text} of the Lambda processor's parameter {name} is not within {low} \
                 and {high}"
            )))
        }
        _ => Ok(()),
    };
    within("BufferSizeInMBs", 0.2, 3.0)?;
    within("BufferIntervalInSeconds", 0.0, 900.0)
}
