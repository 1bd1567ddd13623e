//! The one destination of a delivery stream, of whichever kind.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{ExtendedS3Members, ProcessingConfiguration, S3Members, SearchMembers, invalid};
use crate::kernel::{ServiceError, Validation};

/// The id of every stream's destination (firehose reference, §2.1).
pub const DESTINATION_ID: &str = "destinationId-000000000001";

/// The members that name destinations, of CreateDeliveryStream and of UpdateDestination.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DestinationMembers {
    /// Plain S3, the oldest form.
    #[serde(alias = "S3DestinationUpdate")]
    pub s3_destination_configuration: Option<S3Members>,
    /// S3.
    #[serde(alias = "ExtendedS3DestinationUpdate")]
    pub extended_s3_destination_configuration: Option<ExtendedS3Members>,
    /// OpenSearch Service.
    #[serde(alias = "AmazonopensearchserviceDestinationUpdate")]
    pub amazonopensearchservice_destination_configuration: Option<SearchMembers>,
    /// Elasticsearch, the older form of OpenSearch Service.
    #[serde(alias = "ElasticsearchDestinationUpdate")]
    pub elasticsearch_destination_configuration: Option<SearchMembers>,
    /// Not supported.
    #[serde(alias = "RedshiftDestinationUpdate")]
    pub redshift_destination_configuration: Option<Value>,
    /// Not supported.
    #[serde(alias = "SplunkDestinationUpdate")]
    pub splunk_destination_configuration: Option<Value>,
    /// Not supported.
    #[serde(alias = "HttpEndpointDestinationUpdate")]
    pub http_endpoint_destination_configuration: Option<Value>,
    /// Not supported.
    #[serde(alias = "AmazonOpenSearchServerlessDestinationUpdate")]
    pub amazon_open_search_serverless_destination_configuration: Option<Value>,
    /// Not supported.
    #[serde(alias = "SnowflakeDestinationUpdate")]
    pub snowflake_destination_configuration: Option<Value>,
    /// Not supported.
    #[serde(alias = "IcebergDestinationUpdate")]
    pub iceberg_destination_configuration: Option<Value>,
}

/// A destination, as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub enum Destination {
    /// Plain S3.
    S3(ExtendedS3Members),
    /// S3 with processing and backup.
    ExtendedS3(ExtendedS3Members),
    /// OpenSearch Service.
    OpenSearch(SearchMembers),
    /// OpenSearch Service by its older name.
    Elasticsearch(SearchMembers),
}

impl DestinationMembers {
    /// The one destination that is given.
    ///
    /// # Errors
    /// When none or several are given, or one that is not supported.
    pub(crate) fn only(self) -> Result<Destination, ServiceError> {
        let unsupported = [
            ("Redshift", &self.redshift_destination_configuration),
            ("Splunk", &self.splunk_destination_configuration),
            ("HttpEndpoint", &self.http_endpoint_destination_configuration),
            (
                "AmazonOpenSearchServerless",
                &self.amazon_open_search_serverless_destination_configuration,
            ),
            ("Snowflake", &self.snowflake_destination_configuration),
            ("Iceberg", &self.iceberg_destination_configuration),
        ];
        let others = unsupported.iter().filter(|(_, given)| given.is_some());
        let other = others.clone().map(|(name, _)| *name).next();
        let mut found: Vec<Destination> = Vec::new();
        found.extend(
            self.s3_destination_configuration.map(|s3| {
                Destination::S3(ExtendedS3Members { s3, ..ExtendedS3Members::default() })
            }),
        );
        let count = others.count();
        found.extend(self.extended_s3_destination_configuration.map(Destination::ExtendedS3));
        found.extend(
            self.amazonopensearchservice_destination_configuration.map(Destination::OpenSearch),
        );
        found.extend(self.elasticsearch_destination_configuration.map(Destination::Elasticsearch));
        match (found.len() + count, other, found.pop()) {
            (1, None, Some(destination)) => Ok(destination),
            (1, Some(name), _) => Err(invalid(format!(
                "{name} destinations are not supported by this emulator; it has \
                 AmazonopensearchserviceDestination, ElasticsearchDestination, \
                 ExtendedS3Destination and S3Destination"
            ))),
            _ => Err(invalid("Exactly one destination configuration is supported for a Firehose")),
        }
    }
}

impl Destination {
    /// The shapes of its members; `creates` tells a configuration from an update.
    pub(crate) fn validate(&self, validation: &mut Validation, creates: bool) {
        let end = if creates { "Configuration" } else { "Update" };
        match self {
            Self::S3(members) => {
                let path = format!("s3Destination{end}");
                members.s3.validate(validation, &path, creates, 0);
            }
            Self::ExtendedS3(members) => {
                members.validate(validation, &format!("extendedS3Destination{end}"), creates);
            }
            Self::OpenSearch(members) => {
                let path = format!("amazonopensearchserviceDestination{end}");
                members.validate(validation, &path, creates);
            }
            Self::Elasticsearch(members) => {
                members.validate(validation, &format!("elasticsearchDestination{end}"), creates);
            }
        }
    }

    /// Fills in the defaults, and checks what goes beyond shapes.
    pub(crate) fn complete(&mut self) -> Result<(), ServiceError> {
        match self {
            Self::S3(members) | Self::ExtendedS3(members) => {
                members.fill();
                members.check()
            }
            Self::OpenSearch(members) | Self::Elasticsearch(members) => {
                members.fill();
                members.check()
            }
        }
    }

    /// Takes over each member that an update of the same kind gives.
    pub(crate) fn update(&mut self, given: Self) -> Result<(), ServiceError> {
        match (&mut *self, given) {
            (Self::S3(stored) | Self::ExtendedS3(stored), Self::S3(given)) => {
                stored.s3.update(given.s3);
                Ok(())
            }
            (Self::S3(stored) | Self::ExtendedS3(stored), Self::ExtendedS3(given)) => {
                stored.update(given)?;
                let members = stored.clone();
                *self = Self::ExtendedS3(members);
                Ok(())
            }
            (
                Self::OpenSearch(stored) | Self::Elasticsearch(stored),
                Self::OpenSearch(given) | Self::Elasticsearch(given),
            ) => stored.update(given),
            _ => Err(invalid(
                "The destination of a delivery stream cannot be updated to a destination of \
                 another kind",
            )),
        }?;
        self.complete()
    }

    /// The roles that the destination's hops take on, each once, in order.
    pub(crate) fn roles(&self) -> Vec<&str> {
        let (own, nested, processing) = match self {
            Self::S3(m) | Self::ExtendedS3(m) => {
                (&m.s3.role_arn, m.s3_backup.as_ref(), &m.processing_configuration)
            }
            Self::OpenSearch(m) | Self::Elasticsearch(m) => {
                (&m.role_arn, m.s3.as_ref(), &m.processing_configuration)
            }
        };
        let lambda = processing.as_ref().and_then(ProcessingConfiguration::lambda);
        let mut roles: Vec<&str> = Vec::new();
        for role in [
            own.as_deref(),
            nested.and_then(|s3| s3.role_arn.as_deref()),
            lambda.and_then(|processor| processor.parameter("RoleArn")),
        ]
        .into_iter()
        .flatten()
        {
            if !roles.contains(&role) {
                roles.push(role);
            }
        }
        roles
    }

    /// The `DestinationDescription`.
    pub(crate) fn description(&self) -> Result<Value, ServiceError> {
        let value = |members: Result<Value, serde_json::Error>| {
            members.map_err(|error| ServiceError::client("InternalFailure", error.to_string()))
        };
        let id = DESTINATION_ID;
        Ok(match self {
            Self::S3(members) => json!({
                "DestinationId": id,
                "S3DestinationDescription": value(serde_json::to_value(&members.s3))?,
            }),
            Self::ExtendedS3(members) => json!({
                "DestinationId": id,
                "S3DestinationDescription": value(serde_json::to_value(&members.s3))?,
                "ExtendedS3DestinationDescription": value(serde_json::to_value(members))?,
            }),
            Self::OpenSearch(members) => json!({
                "DestinationId": id,
                "AmazonopensearchserviceDestinationDescription":
                    value(serde_json::to_value(members))?,
            }),
            Self::Elasticsearch(members) => json!({
                "DestinationId": id,
                "ElasticsearchDestinationDescription": value(serde_json::to_value(members))?,
            }),
        })
    }
}
