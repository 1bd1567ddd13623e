//! `ExtendedS3DestinationConfiguration`.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{ProcessingConfiguration, S3Members, invalid, overlay};
use crate::kernel::{ServiceError, Validation};

/// The members of an S3 destination with processing and backup, as given, stored and described.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ExtendedS3Members {
    /// The members of a plain S3 destination.
    #[serde(flatten)]
    pub s3: S3Members,
    /// The processors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub processing_configuration: Option<ProcessingConfiguration>,
    /// `Disabled` or `Enabled`: source records are kept as well.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub s3_backup_mode: Option<String>,
    /// Where source records are kept.
    #[serde(
        rename(serialize = "S3BackupDescription", deserialize = "S3BackupConfiguration"),
        alias = "S3BackupUpdate",
        skip_serializing_if = "Option::is_none"
    )]
    pub s3_backup: Option<S3Members>,
    /// Replaces the suffix of objects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_extension: Option<String>,
    /// The time zone of prefixes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_time_zone: Option<String>,
    /// Not supported when enabled.
    #[serde(skip_serializing)]
    pub dynamic_partitioning_configuration: Option<Value>,
    /// Not supported unless disabled.
    #[serde(skip_serializing)]
    pub data_format_conversion_configuration: Option<Value>,
}

impl ExtendedS3Members {
    pub(crate) fn validate(&self, validation: &mut Validation, path: &str, creates: bool) {
        self.s3.validate(validation, path, creates, 0);
        if let Some(processing) = &self.processing_configuration {
            processing.validate(validation, &format!("{path}.processingConfiguration"));
        }
        if let Some(mode) = &self.s3_backup_mode {
            validation.one_of(&format!("{path}.s3BackupMode"), mode, &["Disabled", "Enabled"]);
        }
        if let Some(backup) = &self.s3_backup {
            let member = if creates { "s3BackupConfiguration" } else { "s3BackupUpdate" };
            backup.validate(validation, &format!("{path}.{member}"), creates, 60);
        }
        if let Some(extension) = &self.file_extension {
            let path = format!("{path}.fileExtension");
            validation.length(&path, extension, 0, 128);
            let pattern = r"^$|\.[0-9a-z!\-_.*'()]+";
            let good = extension.is_empty()
                || (extension.len() > 1
                    && extension.starts_with('.')
                    && extension.chars().all(|c| {
                        c.is_ascii_digit() || c.is_ascii_lowercase() || "!-_.*'()".contains(c)
                    }));
            validation.pattern(&path, extension, pattern, |_| good);
        }
        if let Some(zone) = &self.custom_time_zone {
            let path = format!("{path}.customTimeZone");
            validation.length(&path, zone, 0, 50);
            validation.pattern(&path, zone, "^$|[a-zA-Z/_]+", |c| {
                c.is_ascii_alphabetic() || "/_".contains(c)
            });
        }
    }

    pub(crate) fn check(&self) -> Result<(), ServiceError> {
        self.s3.check()?;
        if enabled(self.dynamic_partitioning_configuration.as_ref(), false) {
            return Err(invalid(
                "DynamicPartitioningConfiguration is not supported by this emulator; leave it out",
            ));
        }
        if enabled(self.data_format_conversion_configuration.as_ref(), true) {
            return Err(invalid(
                "DataFormatConversionConfiguration is not supported by this emulator; leave it out \
                 or set its Enabled to false",
            ));
        }
        let zone = self.custom_time_zone.as_deref().unwrap_or_default();
        if !matches!(zone, "" | "UTC" | "GMT" | "Etc/UTC") {
            return Err(invalid(format!(
                "CustomTimeZone {zone} is not supported by this emulator, which has no time zone \
                 tables; leave it out or set it to UTC"
            )));
        }
        match (self.s3_backup_mode.as_deref(), &self.s3_backup) {
            (Some("Enabled"), None) => {
                Err(invalid("S3BackupConfiguration must be given when S3BackupMode is Enabled"))
            }
            (_, Some(backup)) => backup.check(),
            _ => Ok(()),
        }?;
        self.processing_configuration.as_ref().map_or(Ok(()), ProcessingConfiguration::check)
    }

    pub(crate) fn fill(&mut self) {
        self.s3.fill();
        self.s3_backup_mode.get_or_insert_with(|| "Disabled".to_owned());
        if let Some(backup) = &mut self.s3_backup {
            backup.fill();
        }
        let role = self.s3.role_arn.clone().unwrap_or_default();
        self.processing_configuration.get_or_insert_default().fill(&role);
    }

    /// Takes over each member that an update gives; the processing is replaced whole.
    pub(crate) fn update(&mut self, given: Self) -> Result<(), ServiceError> {
        let backed_up = self.s3_backup_mode.as_deref() == Some("Enabled");
        if backed_up && given.s3_backup_mode.as_deref() == Some("Disabled") {
            return Err(invalid("S3BackupMode cannot be disabled once it is enabled"));
        }
        self.s3.update(given.s3);
        match (&mut self.s3_backup, given.s3_backup) {
            (Some(stored), Some(given)) => stored.update(given),
            (stored, Some(given)) => *stored = Some(given),
            _ => {}
        }
        overlay!(
            self,
            given,
            processing_configuration,
            s3_backup_mode,
            file_extension,
            custom_time_zone,
            dynamic_partitioning_configuration,
            data_format_conversion_configuration,
        );
        Ok(())
    }
}

/// Whether a configuration is there and enabled; `omitted` is what leaving `Enabled` out means.
fn enabled(configuration: Option<&Value>, omitted: bool) -> bool {
    configuration
        .is_some_and(|given| given.get("Enabled").and_then(Value::as_bool).unwrap_or(omitted))
}
