//! Rules, buses and targets at their wire.

mod buses;
mod rules;
mod targets;

use bytes::Bytes;
use http::{HeaderMap, Method};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use tributary_vocabulary::{AccountId, EventRecord, Region, Timestamp};

use crate::kernel::{Caller, Hooks, Observation, WireRequest, World, WorldConfig};
use crate::logs::ops::{create_log_group, put_resource_policy};

/// What was told of events that no log group took: code, resource, message, how many.
pub(crate) type Told = Arc<Mutex<Vec<(String, String, String, usize)>>>;

struct Listener(Told);

impl Hooks for Listener {
    fn observe(&mut self, _now: Timestamp, observation: &Observation<'_>) {
        if let Observation::Unpublished { resource, code, message, events, .. } = observation {
            let told =
                ((*code).to_owned(), (*resource).to_owned(), (*message).to_owned(), events.len());
            self.0.lock().expect("one thread").push(told);
        }
    }
}

/// A world, and what is told in it.
pub(crate) struct Site {
    pub(crate) world: World,
    pub(crate) told: Told,
}

pub(crate) fn site() -> Site {
    let told = Told::default();
    let hooks = Box::new(Listener(Arc::clone(&told)));
    Site { world: World::new(WorldConfig { hooks, ..WorldConfig::default() }), told }
}

pub(crate) fn account(digit: u8) -> AccountId {
    AccountId::repeated(digit)
}

pub(crate) const GROUP: &str = "/aws/events/guardduty-demo";

/// The ARN of the demo's log group in an account.
pub(crate) fn group_arn(digit: u8) -> String {
    format!("arn:aws:logs:us-west-2:{}:log-group:{GROUP}", account(digit))
}

/// The policy that AWS's guide gives log groups of rules, for these principals and this resource.
pub(crate) fn policy(principals: &Value, resource: &str, condition: &Value) -> String {
    let mut statement = json!({
        "Sid": "TrustEventsToStoreLogEvent", "Effect": "Allow",
        "Principal": { "Service": principals },
        "Action": ["logs:CreateLogStream", "logs:PutLogEvents"], "Resource": resource,
    });
    if !condition.is_null() {
        statement["Condition"] = condition.clone();
    }
    json!({ "Version": "2012-10-17", "Statement": [statement] }).to_string()
}

impl Site {
    /// Sends a signed-looking request.
    pub(crate) fn send(
        &mut self,
        digit: u8,
        service: &str,
        method: Method,
        path: &str,
        target: Option<&str>,
        body: &Value,
    ) -> (u16, Value) {
        let mut headers = HeaderMap::new();
        let credential = format!(
            "AWS4-HMAC-SHA256 Credential={}/20260101/us-west-2/{service}/aws4_request, SignedHeaders=host, Signature=0",
            account(digit)
        );
        headers.insert("authorization", credential.parse().expect("a value"));
        if let Some(target) = target {
            headers.insert("x-amz-target", target.parse().expect("a value"));
        }
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let request = WireRequest {
            method,
            host: format!("{service}.us-west-2.amazonaws.com"),
            path: path.to_owned(),
            query: query.to_owned(),
            headers,
            body: match body {
                Value::Null => Bytes::new(),
                Value::String(form) => Bytes::from(form.clone()),
                other => Bytes::from(other.to_string()),
            },
        };
        let now = self.world.now();
        let response = self.world.handle(now, &request);
        (response.status.as_u16(), serde_json::from_slice(&response.body).unwrap_or_default())
    }

    /// Calls IAM as the root of an account, and it succeeds.
    pub(crate) fn iam(&mut self, digit: u8, action: &str, parameters: &[(&str, &str)]) {
        use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
        let mut form = format!("Action={action}&Version=2010-05-08");
        for (name, value) in parameters {
            form.push_str(&format!("&{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC)));
        }
        let (status, _) = self.send(digit, "iam", Method::POST, "/", None, &json!(form));
        assert_eq!(status, 200, "{action}");
    }

    /// Calls EventBridge as the root of an account.
    pub(crate) fn events(&mut self, digit: u8, operation: &str, body: &Value) -> (u16, Value) {
        let target = format!("AWSEvents.{operation}");
        self.send(digit, "events", Method::POST, "/", Some(&target), body)
    }

    /// The same, that succeeds.
    pub(crate) fn ok(&mut self, digit: u8, operation: &str, body: &Value) -> Value {
        let (status, answer) = self.events(digit, operation, body);
        assert_eq!(status, 200, "{operation} {body}: {answer}");
        answer
    }

    /// The same, that fails with this code; the message.
    pub(crate) fn fails(&mut self, digit: u8, operation: &str, body: &Value, code: &str) -> String {
        let (status, answer) = self.events(digit, operation, body);
        assert_eq!((status, answer["__type"].as_str()), (400, Some(code)), "{body}: {answer}");
        answer["message"].as_str().unwrap_or_default().to_owned()
    }

    /// Makes the demo's log group with a resource policy of this text.
    pub(crate) fn log_group(&mut self, digit: u8, policy: Option<String>) {
        let caller = Caller::root(account(digit), Region::us_west_2());
        let input = create_log_group::Input {
            log_group_name: Some(GROUP.to_owned()),
            ..Default::default()
        };
        create_log_group::run(&mut self.world, &caller, input).expect("a log group");
        let Some(text) = policy else { return };
        let input = put_resource_policy::Input {
            policy_name: Some("events".to_owned()),
            policy_document: Some(text),
            ..Default::default()
        };
        put_resource_policy::run(&mut self.world, &caller, input).expect("a policy");
    }

    /// A rule of this name with this pattern on the default bus, into the demo's log group.
    pub(crate) fn rule(&mut self, digit: u8, name: &str, pattern: &Value) -> String {
        let rule = json!({ "Name": name, "EventPattern": pattern.to_string() });
        let arn = self.ok(digit, "PutRule", &rule)["RuleArn"].as_str().expect("an ARN").to_owned();
        let targets = json!({ "Rule": name, "Targets": [{ "Id": "1", "Arn": group_arn(digit) }] });
        let answer = self.ok(digit, "PutTargets", &targets);
        assert_eq!(answer["FailedEntryCount"], 0, "{answer}");
        arn
    }

    /// The messages in the rule's stream of the demo's log group.
    pub(crate) fn logged(&self, digit: u8, rule_arn: &str) -> Vec<String> {
        let stream = crate::events::log_stream_name(&self.world, rule_arn, &group_arn(digit));
        let events = self.world.log_events(account(digit), GROUP, &stream);
        events.map(|event| event.message.to_string()).collect()
    }

    /// The codes of what was told, and how many events each.
    pub(crate) fn codes(&self) -> Vec<(String, usize)> {
        let told = self.told.lock().expect("one thread");
        told.iter().map(|(code, _, _, events)| (code.clone(), *events)).collect()
    }

    /// The last sentence that was told.
    pub(crate) fn last_told(&self) -> String {
        let told = self.told.lock().expect("one thread");
        told.last().map(|(_, _, message, _)| message.clone()).unwrap_or_default()
    }
}

pub(crate) fn guide_policy(digit: u8) -> String {
    let principals = json!(["events.amazonaws.com", "delivery.logs.amazonaws.com"]);
    let resource = format!("arn:aws:logs:us-west-2:{}:log-group:/aws/events/*:*", account(digit));
    policy(&principals, &resource, &Value::Null)
}

/// An event of GuardDuty with a spacing of its own, which has to survive.
pub(crate) fn finding_event(digit: u8, n: i64) -> EventRecord {
    let at = Timestamp::DEFAULT_EPOCH.plus_s(n);
    let message = format!(
        r#"{{"version":"0", "id":"e{n}","detail-type":"GuardDuty Finding","source":"aws.guardduty","account":"{}","time":"{}","region":"us-west-2","resources":[],"detail":{{"id":"{n:032x}","severity":8.0,"type":"Recon:EC2/Portscan","updatedAt":"{at}","service":{{"archived":false,"count":1}}}}}}"#,
        account(digit),
        at.format("%Y-%m-%dT%H:%M:%SZ"),
    );
    EventRecord { timestamp: at, message }
}
