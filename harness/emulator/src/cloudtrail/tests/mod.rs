//! The service, through its doors.

mod deliveries;
mod operations;
mod policies;

use std::io::Read;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde_json::{Value, json};
use tributary_vocabulary::{AccountId, EventRecord, Region, Timestamp};

use super::publish;
use crate::kernel::{Hooks, Observation, WireRequest, World, WorldConfig};

const MASTER: &str = "999999999999";
const MEMBER: &str = "111111111111";
const BUCKET: &str = "cloudtrail-all-accounts-demo";
const GROUP: &str = "CloudTrail/member_account_1";
const GROUP_ARN: &str =
    "arn:aws:logs:us-west-2:111111111111:log-group:CloudTrail/member_account_1:*";
const ROLE_ARN: &str = "arn:aws:iam::111111111111:role/trail-role";
const STREAM: &str = "111111111111_CloudTrail_us-west-2";
const TARGET: &str = "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101";

/// What was told of records that reached no log group: resource, code, sentence, messages.
type Untold = Arc<Mutex<Vec<(String, String, String, Vec<String>)>>>;

struct Listener(Untold);

impl Hooks for Listener {
    fn observe(&mut self, _now: Timestamp, observation: &Observation<'_>) {
        if let Observation::Unpublished { resource, code, message, events, .. } = observation {
            let messages = events.iter().map(|event| event.message.clone()).collect();
            let told =
                ((*resource).to_owned(), (*code).to_owned(), (*message).to_owned(), messages);
            self.0.lock().expect("one thread").push(told);
        }
    }
}

/// A world, driven through the wire as its users drive it.
struct Bench {
    world: World,
    now: Timestamp,
    unpublished: Untold,
}

impl Bench {
    /// A world with nothing in it.
    fn empty() -> Self {
        let unpublished = Untold::default();
        let hooks = Box::new(Listener(Arc::clone(&unpublished)));
        let config = WorldConfig { hooks, ..WorldConfig::default() };
        Self { now: config.epoch, world: World::new(config), unpublished }
    }

    /// The seed document's accounts: the master's bucket with its policy, the member's log group and
    /// role.
    fn furnished() -> Self {
        let mut bench = Self::empty();
        bench.make_bucket(&bucket_policy());
        let group = json!({"logGroupName": GROUP});
        bench.json(MEMBER, "logs", "Logs_20140328.CreateLogGroup", &group).expect("a group");
        bench.make_role(&trust(), &permissions("logs:*"));
        bench
    }

    /// The same with a trail `demo` that logs.
    fn logging() -> Self {
        let mut bench = Self::furnished();
        bench.ok("CreateTrail", &trail());
        bench.ok("StartLogging", &json!({"Name": "demo"}));
        bench
    }

    fn make_bucket(&mut self, policy: &Value) {
        let place = "<CreateBucketConfiguration><LocationConstraint>us-west-2</LocationConstraint>\
                     </CreateBucketConfiguration>";
        let path = format!("/{BUCKET}");
        self.raw(MASTER, "s3", &path, Method::PUT, place, None).expect("a bucket");
        self.put_bucket_policy(policy);
    }

    fn put_bucket_policy(&mut self, policy: &Value) {
        let path = format!("/{BUCKET}?policy");
        self.raw(MASTER, "s3", &path, Method::PUT, &policy.to_string(), None).expect("a policy");
    }

    fn make_role(&mut self, trust: &Value, permissions: &Value) {
        let encode = |value: &Value| {
            percent_encoding::utf8_percent_encode(
                &value.to_string(),
                percent_encoding::NON_ALPHANUMERIC,
            )
            .to_string()
        };
        let body = format!(
            "Action=CreateRole&Version=2010-05-08&RoleName=trail-role&AssumeRolePolicyDocument={}",
            encode(trust)
        );
        self.raw(MEMBER, "iam", "/", Method::POST, &body, None).expect("a role");
        self.put_role_policy(&encode(permissions));
    }

    fn put_role_policy(&mut self, encoded: &str) {
        let body = format!(
            "Action=PutRolePolicy&Version=2010-05-08&RoleName=trail-role&PolicyName=p\
             &PolicyDocument={encoded}"
        );
        self.raw(MEMBER, "iam", "/", Method::POST, &body, None).expect("a role policy");
    }

    /// A signed-looking request; the body of its success, or the status and body of its failure.
    fn raw(
        &mut self,
        key: &str,
        service: &str,
        path: &str,
        method: Method,
        body: &str,
        target: Option<&str>,
    ) -> Result<Bytes, (u16, String)> {
        self.raw_in("us-west-2", key, service, path, method, body, target)
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of a request")]
    fn raw_in(
        &mut self,
        region: &str,
        key: &str,
        service: &str,
        path: &str,
        method: Method,
        body: &str,
        target: Option<&str>,
    ) -> Result<Bytes, (u16, String)> {
        let mut headers = HeaderMap::new();
        let mut add = |name: &'static str, value: &str| {
            let value = HeaderValue::from_str(value).expect("a header value");
            headers.insert(HeaderName::from_static(name), value);
        };
        let scope = format!("{key}/20260101/{region}/{service}/aws4_request");
        add("authorization", &format!("AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host"));
        if let Some(target) = target {
            add("x-amz-target", target);
        }
        if service == "s3" && path.contains("policy") {
            use base64::Engine;
            use md5::Digest;
            let md5 = md5::Md5::digest(body.as_bytes());
            add("content-md5", &base64::engine::general_purpose::STANDARD.encode(md5));
        }
        if service == "iam" {
            add("content-type", "application/x-www-form-urlencoded");
        }
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let request = WireRequest {
            method,
            host: format!("{service}.{region}.amazonaws.com"),
            path: path.to_owned(),
            query: query.to_owned(),
            headers,
            body: Bytes::from(body.to_owned()),
        };
        let response = self.world.handle(self.now, &request);
        if response.status.is_success() {
            Ok(response.body)
        } else {
            let text = String::from_utf8_lossy(&response.body).into_owned();
            Err((response.status.as_u16(), text))
        }
    }

    fn json(
        &mut self,
        key: &str,
        service: &str,
        target: &str,
        input: &Value,
    ) -> Result<Value, (String, String)> {
        self.json_in("us-west-2", key, service, target, input)
    }

    fn json_in(
        &mut self,
        region: &str,
        key: &str,
        service: &str,
        target: &str,
        input: &Value,
    ) -> Result<Value, (String, String)> {
        let body = input.to_string();
        let answer = self.raw_in(region, key, service, "/", Method::POST, &body, Some(target));
        match answer {
            Ok(body) if body.is_empty() => Ok(Value::Null),
            Ok(body) => Ok(serde_json::from_slice(&body).expect("JSON")),
            Err((status, body)) => {
                assert_eq!(status, 400, "{target} {input}: {body}");
                let body: Value = serde_json::from_str(&body).expect("JSON");
                let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
                Err((text("__type"), text("message")))
            }
        }
    }

    /// An operation of CloudTrail, called by the member in us-west-2.
    fn call(&mut self, operation: &str, input: &Value) -> Result<Value, (String, String)> {
        self.json(MEMBER, "cloudtrail", &format!("{TARGET}.{operation}"), input)
    }

    fn call_in(
        &mut self,
        region: &str,
        operation: &str,
        input: &Value,
    ) -> Result<Value, (String, String)> {
        self.json_in(region, MEMBER, "cloudtrail", &format!("{TARGET}.{operation}"), input)
    }

    fn ok(&mut self, operation: &str, input: &Value) -> Value {
        self.call(operation, input).unwrap_or_else(|error| panic!("{operation}: {error:?}"))
    }

    fn error(&mut self, operation: &str, input: &Value) -> (String, String) {
        match self.call(operation, input) {
            Ok(body) => panic!("{operation} {input} succeeded: {body}"),
            Err(error) => error,
        }
    }

    fn status(&mut self) -> Value {
        self.ok("GetTrailStatus", &json!({"Name": "demo"}))
    }

    /// Publishes records of the member.
    fn publish(&mut self, events: &[EventRecord]) {
        self.world.advance(self.now);
        let (account, region) = (AccountId::repeated(1), Region::us_west_2());
        publish(&mut self.world, account, &region, events);
    }

    /// Lets time pass.
    fn wait_s(&mut self, s: i64) {
        self.now = self.now.plus_s(s);
        self.world.advance(self.now);
    }

    /// What lies in the trail's log stream.
    fn stored(&self) -> Vec<String> {
        let events = self.world.log_events(AccountId::repeated(1), GROUP, STREAM);
        events.map(|event| event.message.to_string()).collect()
    }

    /// The keys in the bucket.
    fn keys(&self) -> Vec<String> {
        self.world.objects(BUCKET).map(|object| object.key.to_owned()).collect()
    }

    /// The text of a gzip object of the bucket.
    fn text(&self, key: &str) -> String {
        let object =
            self.world.objects(BUCKET).find(|object| object.key == key).expect("an object");
        let mut text = String::new();
        flate2::read::GzDecoder::new(&object.body[..]).read_to_string(&mut text).expect("gzip");
        text
    }

    /// The codes told of unpublished records, and how many records each.
    fn codes(&self) -> Vec<(String, usize)> {
        let told = self.unpublished.lock().expect("one thread");
        told.iter().map(|(_, code, _, messages)| (code.clone(), messages.len())).collect()
    }
}

/// The bucket policy as the seed document prints it, for the one member.
fn bucket_policy() -> Value {
    json!({
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "AWSCloudTrailAclCheck20131101",
                "Effect": "Allow",
                "Principal": {"Service": "cloudtrail.amazonaws.com"},
                "Action": "s3:GetBucketAcl",
                "Resource": format!("arn:aws:s3:::{BUCKET}")
            },
            {
                "Sid": "AWSCloudTrailWrite20131101",
                "Effect": "Allow",
                "Principal": {"Service": "cloudtrail.amazonaws.com"},
                "Action": "s3:PutObject",
                "Resource": [format!("arn:aws:s3:::{BUCKET}/AWSLogs/{MEMBER}/*")],
                "Condition": {"StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control"}}
            }
        ]
    })
}

fn trust() -> Value {
    json!({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow",
        "Principal": {"Service": "cloudtrail.amazonaws.com"},
        "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": {
            "aws:SourceArn": "arn:aws:cloudtrail:us-west-2:111111111111:trail/demo",
            "aws:SourceAccount": MEMBER
        }}
    }]})
}

fn permissions(action: &str) -> Value {
    let stream = format!("{}log-stream:{STREAM}*", GROUP_ARN.trim_end_matches('*'));
    json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": action, "Resource": stream}
    ]})
}

/// The member's trail of all Regions, as the seed document sets it up.
fn trail() -> Value {
    json!({
        "Name": "demo",
        "S3BucketName": BUCKET,
        "IsMultiRegionTrail": true,
        "CloudWatchLogsLogGroupArn": GROUP_ARN,
        "CloudWatchLogsRoleArn": ROLE_ARN
    })
}

/// A management record so many seconds after the epoch.
fn record(n: i64) -> EventRecord {
    with(n, &json!({}))
}

/// The same with other members.
fn with(n: i64, members: &Value) -> EventRecord {
    let timestamp = Timestamp::DEFAULT_EPOCH.plus_s(n);
    let mut record = json!({
        "eventVersion": "1.11",
        "userIdentity": {"type": "IAMUser", "arn": "arn:aws:iam::111111111111:user/ann",
            "userName": "ann", "accessKeyId": "AKIAAAAAAAAAAAAAAAAA"},
        "eventTime": timestamp.format("%Y-%m-%dT%H:%M:%SZ"),
        "eventSource": "ec2.amazonaws.com",
        "eventName": "RunInstances",
        "awsRegion": "us-west-2",
        "eventID": format!("00000000-0000-4000-8000-{n:012}"),
        "readOnly": false,
        "managementEvent": true,
        "eventCategory": "Management"
    });
    for (name, value) in members.as_object().expect("an object") {
        record[name] = value.clone();
    }
    EventRecord { timestamp, message: record.to_string() }
}

fn messages(events: &[EventRecord]) -> Vec<String> {
    events.iter().map(|event| event.message.clone()).collect()
}
