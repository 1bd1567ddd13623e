//! The OpenSearch domain.

use http::Method;
use serde_json::json;

use super::outcome::failed;
use super::{ProvisionError, Provisioned, Site};
use crate::topology::{Names, Step};

/// `aws opensearch create-domain`, and waits until it has an endpoint.
pub(super) async fn create(site: &Site<'_>, done: &mut Provisioned) -> Result<(), ProvisionError> {
    const FILE: &str = "domain_access.json";
    const OPERATION: &str = "CreateDomain";
    let (step, master) = (Step::Domain, site.master());
    if !site.plan.has(step) {
        return Ok(());
    }
    let mut body = json!({
        "DomainName": Names::DOMAIN,
        "EngineVersion": "OpenSearch_2.19",
        "ClusterConfig": { "InstanceType": "r6g.large.search", "InstanceCount": 2 },
        "EBSOptions": { "EBSEnabled": true, "VolumeType": "gp3", "VolumeSize": 100 },
    });
    // A domain without an access policy is open to whom an identity policy lets in.
    if let Some(policy) = site.plan_policy(&master, FILE) {
        body["AccessPolicies"] = policy.into();
    }
    if let Some(mark) = site.mark() {
        body["TagList"] = mark.json_list();
    }
    let calls = site.calls(master.account)?;
    let outcome = calls.rest("es", Method::POST, "/2021-01-01/opensearch/domain", Some(&body));
    if site.note_policy(done, step, master.account, OPERATION, FILE, outcome)?.is_none() {
        return Ok(());
    }
    site.until_active(Names::DOMAIN, || async {
        let path = format!("/2021-01-01/opensearch/domain/{}", Names::DOMAIN);
        let answer = calls
            .rest("es", Method::GET, &path, None)
            .map_err(|error| failed("DescribeDomain", &error))?;
        let status = &answer["DomainStatus"];
        Ok(status["Processing"] == false && status["Endpoint"].is_string())
    })
    .await
}
