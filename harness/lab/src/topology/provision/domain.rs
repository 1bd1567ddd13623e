//! The OpenSearch domain.

use bytes::Bytes;
use http::Method;
use serde_json::{Value, json};

use super::{ProvisionError, Site};
use crate::door::{SignedCall, SignedResponse};
use crate::topology::Names;

/// `aws opensearch create-domain`, and waits until it has an endpoint.
pub(super) async fn create(site: &Site<'_>) -> Result<(), ProvisionError> {
    let body = json!({
        "DomainName": Names::DOMAIN,
        "EngineVersion": "OpenSearch_2.19",
        "ClusterConfig": { "InstanceType": "r6g.large.search", "InstanceCount": 2 },
        "EBSOptions": { "EBSEnabled": true, "VolumeType": "gp3", "VolumeSize": 100 },
        "AccessPolicies": site.policy("domain_access.json")?,
    });
    call(site, Method::POST, "/2021-01-01/opensearch/domain", Bytes::from(body.to_string()))?
        .success("CreateDomain")?;
    site.until_active(Names::DOMAIN, || async {
        let path = format!("/2021-01-01/opensearch/domain/{}", Names::DOMAIN);
        let response = call(site, Method::GET, &path, Bytes::new())?.success("DescribeDomain")?;
        let answer: Value = serde_json::from_slice(&response.body).unwrap_or_default();
        let status = &answer["DomainStatus"];
        Ok(status["Processing"] == false && status["Endpoint"].is_string())
    })
    .await
}

fn call(
    site: &Site<'_>,
    method: Method,
    path: &str,
    body: Bytes,
) -> Result<SignedResponse, ProvisionError> {
    let region = &site.plan.names.region;
    Ok(site.signed().send(&SignedCall {
        service: "es",
        method,
        url: format!("https://es.{region}.amazonaws.com{path}"),
        content_type: "application/json",
        body,
    })?)
}
