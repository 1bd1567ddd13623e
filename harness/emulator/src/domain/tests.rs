//! Domains at their wire.

use bytes::Bytes;
use http::{HeaderMap, Method};
use serde_json::{Value, json};
use tributary_vocabulary::{AccountId, Region};

use crate::kernel::{Caller, WireRequest, World, WorldConfig};
use crate::router::ServiceName;

const CREATE: &str = "/2021-01-01/opensearch/domain";
const ARN: &str = "arn:aws:es:us-west-2:444444444444:domain/logs";

struct Site {
    world: World,
    caller: Caller,
}

fn site() -> Site {
    let caller = Caller::root(AccountId::repeated(4), Region::us_west_2());
    Site { world: World::new(WorldConfig::default()), caller }
}

impl Site {
    fn send(
        &mut self,
        service: ServiceName,
        host: &str,
        method: Method,
        path: &str,
        body: &Value,
    ) -> (u16, Value) {
        let body = if body.is_null() { Bytes::new() } else { Bytes::from(body.to_string()) };
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let mut headers = HeaderMap::new();
        headers.insert("content-type", "application/json".parse().expect("value"));
        let request = WireRequest {
            method,
            host: host.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            headers,
            body,
        };
        let now = self.world.now();
        let response = self.world.call(now, &self.caller, service, &request);
        (response.status.as_u16(), serde_json::from_slice(&response.body).unwrap_or_default())
    }

    fn es(&mut self, method: Method, path: &str, body: &Value) -> (u16, Value) {
        self.send(ServiceName::Es, "es.us-west-2.amazonaws.com", method, path, body)
    }

    fn wait(&mut self) {
        while let Some(due) = self.world.next_deadline() {
            self.world.advance(due);
        }
    }
}

#[test]
fn a_domain_comes_up_and_both_generations_describe_it() {
    let mut site = site();
    let input = json!({
        "DomainName": "logs",
        "ClusterConfig": { "InstanceType": "r6g.large.search", "InstanceCount": 2 },
    });
    let (status, created) = site.es(Method::POST, CREATE, &input);
    assert_eq!((status, &created["DomainStatus"]["ARN"]), (200, &json!(ARN)));
    assert_eq!(created["DomainStatus"]["Processing"], true);
    assert_eq!(created["DomainStatus"].get("Endpoint"), None);
    let (status, again) = site.es(Method::POST, CREATE, &input);
    assert_eq!(
        (status, &again["message"]),
        (409, &json!("Domain already exists: 444444444444/logs"))
    );
    site.wait();
    let (_, new) = site.es(Method::GET, "/2021-01-01/opensearch/domain/logs", &Value::Null);
    let (_, old) = site.es(Method::GET, "/2015-01-01/es/domain/logs", &Value::Null);
    assert_eq!(new["DomainStatus"]["Processing"], false);
    let host = new["DomainStatus"]["Endpoint"].as_str().expect("endpoint");
    assert!(host.starts_with("search-logs-") && host.ends_with(".us-west-2.es.amazonaws.com"));
    assert_eq!(old["DomainStatus"]["Endpoint"], host);
    assert_eq!(new["DomainStatus"]["EngineVersion"], "OpenSearch_2.19");
    assert_eq!(old["DomainStatus"]["ElasticsearchVersion"], "OpenSearch_2.19");
    assert_eq!(new["DomainStatus"]["ClusterConfig"]["InstanceType"], "r6g.large.search");
    let cluster = &old["DomainStatus"]["ElasticsearchClusterConfig"];
    assert_eq!(cluster["InstanceType"], "r6g.large.elasticsearch");
    let (_, names) = site.es(Method::GET, "/2021-01-01/domain", &Value::Null);
    assert_eq!(
        names,
        json!({ "DomainNames": [{ "DomainName": "logs", "EngineType": "OpenSearch" }] })
    );
}

#[test]
fn what_is_wrong_with_a_request_is_said() {
    let mut site = site();
    for (input, code) in [
        (json!({ "DomainName": "L" }), "length"),
        (json!({ "DomainName": "Logs" }), "pattern"),
        (json!({ "DomainName": "logs", "EngineVersion": "OpenSearch_9.9" }), "engine version"),
        (json!({ "DomainName": "logs", "ClusterConfig": { "InstanceType": "big" } }), ".search"),
        (json!({ "DomainName": "logs", "AccessPolicies": "{" }), "Error setting policy"),
        (json!({ "DomainName": "logs", "AdvancedOptions": { "x": "1" } }), "Unrecognized"),
        (
            json!({ "DomainName": "logs", "AdvancedSecurityOptions": { "Enabled": true } }),
            "fine-grained",
        ),
    ] {
        let (status, answer) = site.es(Method::POST, CREATE, &input);
        let message = answer["message"].as_str().unwrap_or_default();
        assert!(status >= 400 && message.contains(code), "{input}: {answer}");
    }
    let (status, answer) = site.es(Method::GET, "/2021-01-01/opensearch/domain/none", &Value::Null);
    assert_eq!((status, &answer["message"]), (409, &json!("Domain not found: none")));
}

#[test]
fn the_access_policy_guards_the_data_plane() {
    let mut site = site();
    site.es(Method::POST, CREATE, &json!({ "DomainName": "logs" }));
    site.wait();
    let host = site.world.domain_host(ARN).expect("up");
    assert!(super::is_domain_host(&site.world, &host));
    let get = |site: &mut Site| {
        site.send(ServiceName::Domain, &host, Method::GET, "/_cluster/health", &Value::Null)
    };
    assert_eq!(get(&mut site).0, 200, "the owner's root");
    let owner = site.caller.clone();
    site.caller = Caller::root(AccountId::repeated(1), Region::us_west_2());
    let (status, answer) = get(&mut site);
    assert_eq!(status, 403);
    assert!(answer["Message"].as_str().is_some_and(|m| m.contains("es:ESHttpGet")), "{answer}");
    let other = site.caller.clone();
    site.caller = owner.clone();
    let policy = json!({ "Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Principal": { "AWS": "111111111111" }, "Action": "es:ESHttpGet",
        "Resource": format!("{ARN}/*") }] });
    let update = json!({ "AccessPolicies": policy.to_string() });
    let path = "/2021-01-01/opensearch/domain/logs/config";
    assert_eq!(site.es(Method::POST, path, &update).0, 200);
    let (_, config) = site.es(Method::GET, path, &Value::Null);
    assert_eq!(config["DomainConfig"]["AccessPolicies"]["Options"], policy.to_string());
    site.caller = other;
    assert_eq!(get(&mut site).0, 200);
    let put = site.send(ServiceName::Domain, &host, Method::PUT, "/i", &Value::Null);
    assert_eq!(put.0, 403);
    site.caller = owner;
    assert_eq!(site.es(Method::DELETE, "/2021-01-01/opensearch/domain/logs", &Value::Null).0, 200);
    site.wait();
    assert!(!super::is_domain_host(&site.world, &host));
}

#[test]
fn tags_come_and_go() {
    let mut site = site();
    let input = json!({ "DomainName": "logs", "TagList": [{ "Key": "a", "Value": "1" }] });
    site.es(Method::POST, CREATE, &input);
    let more = json!({ "ARN": ARN, "TagList": [{ "Key": "b", "Value": "2" }] });
    assert_eq!(site.es(Method::POST, "/2021-01-01/tags", &more).0, 200);
    let removal = json!({ "ARN": ARN, "TagKeys": ["a"] });
    assert_eq!(site.es(Method::POST, "/2021-01-01/tags-removal", &removal).0, 200);
    let (_, tags) = site.es(Method::GET, &format!("/2021-01-01/tags?arn={ARN}"), &Value::Null);
    assert_eq!(tags, json!({ "TagList": [{ "Key": "b", "Value": "2" }] }));
}
