//! What the tests of this service stand on: a world with a source, roles and a function, fake
//! destinations that can be told to refuse, and a listener that keeps what it hears.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde_json::{Value, json};
use tributary_vocabulary::{AccountId, Region, Stage, Timestamp};

use super::doors::{Item, NewObject};
use crate::kernel::{
    Access, Caller, EffectKind, Hooks, InvokeOutcome, Observation, ServiceError, TransformAnswer,
    WireRequest, World, WorldConfig,
};
use crate::router::ServiceName;

pub(super) const ACCOUNT: &str = "444444444444";
pub(super) const STREAM_ARN: &str = "arn:aws:kinesis:us-west-2:444444444444:stream/s";
pub(super) const DOMAIN_ARN: &str = "arn:aws:es:us-west-2:444444444444:domain/logs";
pub(super) const FUNCTION_ARN: &str = "arn:aws:lambda:us-west-2:444444444444:function:f";
pub(super) const ROLE_ARN: &str = "arn:aws:iam::444444444444:role/firehose";

/// Destinations that take everything, unless they are told otherwise.
#[derive(Debug, Default)]
pub(crate) struct Fake {
    /// The next bulk requests as a whole are answered by these errors.
    pub(super) bulk_errors: VecDeque<ServiceError>,
    /// Documents that hold this text are answered by this status, so many times.
    pub(super) refuse: Vec<(&'static str, u16, u32)>,
    /// The next objects are answered by these errors.
    pub(super) put_errors: VecDeque<ServiceError>,
    /// What lies in each index, by id.
    pub(super) indexes: BTreeMap<String, BTreeMap<String, Value>>,
    /// When each bulk request came.
    pub(super) bulk_times: Vec<Timestamp>,
    /// What lies in buckets, in order.
    pub(super) objects: Vec<(String, Bytes)>,
}

/// The fake of `domain::bulk`.
pub(super) fn bulk(
    world: &mut World,
    caller: &Caller,
    domain_arn: &str,
    index: &str,
    body: &Bytes,
) -> Result<Vec<Item>, ServiceError> {
    let resource = format!("{domain_arn}/{index}/_bulk");
    world.authorize(caller, Access::to("es:ESHttpPost", &resource))?;
    let now = world.now();
    let Some(fake) = world.firehose.fake.as_mut() else { return Ok(Vec::new()) };
    fake.bulk_times.push(now);
    if let Some(error) = fake.bulk_errors.pop_front() {
        return Err(error);
    }
    let text = std::str::from_utf8(body).expect("UTF-8");
    assert!(text.ends_with('\n'), "a bulk body ends with a newline");
    let lines: Vec<&str> = text.lines().collect();
    Ok(lines
        .chunks(2)
        .map(|pair| {
            let action: Value = serde_json::from_str(pair[0]).expect("an action");
            assert_eq!(action["index"]["_index"], index);
            let refused =
                fake.refuse.iter_mut().find(|(text, _, left)| pair[1].contains(text) && *left > 0);
            if let Some((_, status, left)) = refused {
                *left -= 1;
                return Item { status: *status, error: Some(format!("refused with {status}")) };
            }
            let documents = fake.indexes.entry(index.to_owned()).or_default();
            let auto = documents.len().to_string();
            let id = action["index"]["_id"].as_str().unwrap_or(&auto).to_owned();
            documents.insert(id, serde_json::from_str(pair[1]).expect("a document"));
            Item { status: 201, error: None }
        })
        .collect())
}

/// The fake of PutObject.
pub(super) fn put_object(
    world: &mut World,
    caller: &Caller,
    object: &NewObject,
) -> Result<(), ServiceError> {
    let resource = format!("arn:aws:s3:::{}/{}", object.bucket, object.key);
    world.authorize(caller, Access::to("s3:PutObject", &resource).owned_by(caller.account))?;
    let Some(fake) = world.firehose.fake.as_mut() else { return Ok(()) };
    if let Some(error) = fake.put_errors.pop_front() {
        return Err(error);
    }
    let body = if object.gzip { gunzip(&object.body) } else { object.body.clone() };
    fake.objects.push((object.key.clone(), body));
    Ok(())
}

fn gunzip(body: &[u8]) -> Bytes {
    use std::io::Read;
    let mut out = Vec::new();
    flate2::read::GzDecoder::new(body).read_to_end(&mut out).expect("gzip");
    Bytes::from(out)
}

/// What a listener heard of data.
#[derive(Debug, Default)]
pub(super) struct Heard {
    pub(super) ingested: Vec<Bytes>,
    pub(super) transformed: Vec<(Bytes, &'static str, Bytes)>,
    pub(super) indexed: Vec<Bytes>,
    pub(super) backed_up: Vec<(String, Bytes)>,
    pub(super) gave_up: Vec<(Stage, String, String, String, Vec<Bytes>)>,
    pub(super) refused: usize,
    /// What is done to a record that holds this text at this stage: so many pass instead.
    pub(super) faults: Vec<(Stage, &'static [u8], usize)>,
}

/// Keeps what it hears.
#[derive(Debug, Clone, Default)]
pub(super) struct Listener(pub(super) Arc<Mutex<Heard>>);

impl Hooks for Listener {
    fn observe(&mut self, _now: Timestamp, observation: &Observation<'_>) {
        let mut heard = self.0.lock().expect("no panic");
        match observation {
            Observation::Ingested { data, .. } => heard.ingested.push((*data).clone()),
            Observation::Transformed { given, answer, .. } => {
                let (name, data) = match answer {
                    TransformAnswer::Ok(data) => ("Ok", (*data).clone()),
                    TransformAnswer::Dropped => ("Dropped", Bytes::new()),
                    TransformAnswer::ProcessingFailed => ("ProcessingFailed", Bytes::new()),
                };
                heard.transformed.push(((*given).clone(), name, data));
            }
            Observation::Indexed { documents, .. } => {
                heard.indexed.extend(documents.iter().cloned());
            }
            Observation::BackedUp { key, records, .. } => {
                let records = records.iter().map(|record| ((*key).to_owned(), record.clone()));
                heard.backed_up.extend(records);
            }
            Observation::GaveUp { stage, code, message, place, records } => {
                let text = |text: &str| text.to_owned();
                let records = records.to_vec();
                heard.gave_up.push((*stage, text(code), text(message), text(place), records));
            }
            Observation::Refused { .. } => heard.refused += 1,
            _ => {}
        }
    }

    fn tampers(&self, stage: Stage) -> bool {
        let heard = self.0.lock().expect("no panic");
        heard.faults.iter().any(|(at, _, _)| *at == stage)
    }

    fn tamper_record(&mut self, _now: Timestamp, stage: Stage, record: Bytes) -> Vec<Bytes> {
        let heard = self.0.lock().expect("no panic");
        let fault = heard.faults.iter().find(|(at, text, _)| {
            *at == stage && record.windows(text.len()).any(|window| window == *text)
        });
        vec![record; fault.map_or(1, |(_, _, times)| *times)]
    }
}

/// The answer of a function: for an event, the response or error.
pub(super) type Function = Box<dyn FnMut(&Value) -> InvokeOutcome>;

/// A world, its time, its function and what was heard.
pub(super) struct Bench {
    pub(super) world: World,
    pub(super) now: Timestamp,
    pub(super) caller: Caller,
    pub(super) heard: Arc<Mutex<Heard>>,
    pub(super) function: Function,
    /// The events that the function got, with the times of their invocations.
    pub(super) events: Vec<(Timestamp, Value)>,
}

/// A function's answer of these records, after 100 ms.
pub(super) fn answered(response: &Value) -> InvokeOutcome {
    InvokeOutcome::Answered { payload: Bytes::from(response.to_string()), duration_ms: 100 }
}

/// A handler that raised, after 100 ms.
pub(super) fn raised(kind: &str) -> InvokeOutcome {
    let payload = Bytes::from(json!({"errorMessage": "boom", "errorType": kind}).to_string());
    InvokeOutcome::FunctionError { payload, duration_ms: 100 }
}

/// A handler that makes `{"m":"<data>"}` of a record; data that begins with `drop` or `fail` does
/// so.
pub(super) fn transform(event: &Value) -> InvokeOutcome {
    let records: Vec<Value> = event["records"]
        .as_array()
        .expect("records")
        .iter()
        .map(|record| {
            let data = STANDARD.decode(record["data"].as_str().expect("data")).expect("base64");
            let text = String::from_utf8(data).expect("UTF-8");
            let id = &record["recordId"];
            if text.starts_with("drop") {
                json!({"recordId": id, "result": "Dropped"})
            } else if text.starts_with("fail") {
                json!({"recordId": id, "result": "ProcessingFailed"})
            } else {
                let data = STANDARD.encode(json!({"m": text}).to_string());
                json!({"recordId": id, "result": "Ok", "data": data})
            }
        })
        .collect();
    answered(&json!({"records": records}))
}

impl Bench {
    /// A world with an ACTIVE stream of so many shards, a role that may do all, and a function.
    pub(super) fn new(shards: u32) -> Self {
        let listener = Listener::default();
        let heard = listener.0.clone();
        let config = WorldConfig { hooks: Box::new(listener), ..WorldConfig::default() };
        let account: AccountId = ACCOUNT.parse().expect("an account");
        let mut bench = Self {
            now: config.epoch,
            world: World::new(config),
            caller: Caller::root(account, Region::us_west_2()),
            heard,
            function: Box::new(transform),
            events: Vec::new(),
        };
        bench.world.firehose.fake = Some(Fake::default());
        bench.role(&json!([{"Effect": "Allow", "Action": "*", "Resource": "*"}]));
        bench.function(30);
        bench.json(
            ServiceName::Kinesis,
            "Kinesis_20131202.CreateStream",
            &json!({
                "StreamName": "s", "ShardCount": shards,
            }),
        );
        bench.settle();
        bench
    }

    /// Makes the role, or gives it this policy.
    pub(super) fn role(&mut self, statements: &Value) {
        let trust = json!({"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow",
            "Principal": {"Service": "firehose.amazonaws.com"},
            "Action": "sts:AssumeRole",
        }]});
        let policy = json!({"Version": "2012-10-17", "Statement": statements});
        let (trust, policy) = (trust.to_string(), policy.to_string());
        self.query(&[
            ("Action", "CreateRole"),
            ("RoleName", "firehose"),
            ("AssumeRolePolicyDocument", &trust),
        ]);
        self.query(&[
            ("Action", "PutRolePolicy"),
            ("RoleName", "firehose"),
            ("PolicyName", "all"),
            ("PolicyDocument", &policy),
        ]);
    }

    fn query(&mut self, pairs: &[(&str, &str)]) {
        let encode = |text: &str| {
            percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC)
                .to_string()
        };
        let pairs: Vec<String> =
            pairs.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        let request = WireRequest {
            method: Method::POST,
            host: String::new(),
            path: "/".to_owned(),
            query: String::new(),
            headers: HeaderMap::new(),
            body: Bytes::from(pairs.join("&")),
        };
        self.world.call(self.now, &self.caller, ServiceName::Iam, &request);
    }

    /// Makes the function, with this timeout.
    pub(super) fn function(&mut self, timeout_s: i64) {
        let function = crate::lambda::Function {
            name: "f".to_owned(),
            account: self.caller.account,
            region: self.caller.region.clone(),
            role: ROLE_ARN.to_owned(),
            runtime: "python3.13".to_owned(),
            handler: "f.handler".to_owned(),
            description: String::new(),
            timeout_s,
            memory_mb: 128,
            architecture: "x86_64".to_owned(),
            storage_mb: 512,
            created: self.now,
            last_modified: self.now,
            revision_id: String::new(),
            code: Bytes::new(),
            code_sha256: String::new(),
            code_size: 0,
            environment: Vec::new(),
            tags: BTreeMap::new(),
            statements: Vec::new(),
            policy: None,
        };
        self.world.lambda.functions.insert(FUNCTION_ARN.to_owned(), function);
    }

    /// The status and body of an operation's answer.
    pub(super) fn call(&mut self, operation: &str, input: &Value) -> (u16, Value) {
        self.json(ServiceName::Firehose, &format!("Firehose_20150804.{operation}"), input)
    }

    fn json(&mut self, service: ServiceName, target: &str, input: &Value) -> (u16, Value) {
        let mut headers = HeaderMap::new();
        let name = HeaderName::from_static("x-amz-target");
        headers.insert(name, HeaderValue::from_str(target).expect("a target"));
        let request = WireRequest {
            method: Method::POST,
            host: String::new(),
            path: "/".to_owned(),
            query: String::new(),
            headers,
            body: Bytes::from(input.to_string()),
        };
        let response = self.world.call(self.now, &self.caller, service, &request);
        let body = serde_json::from_slice(&response.body).unwrap_or(Value::Null);
        (response.status.as_u16(), body)
    }

    /// The body of an operation's success.
    pub(super) fn ok(&mut self, operation: &str, input: &Value) -> Value {
        let (status, body) = self.call(operation, input);
        assert_eq!(status, 200, "{operation} {input}: {body}");
        body
    }

    /// The code and sentence of an operation's error.
    pub(super) fn error(&mut self, operation: &str, input: &Value) -> (String, String) {
        let (status, body) = self.call(operation, input);
        assert_ne!(status, 200, "{operation} {input}: {body}");
        let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
        (text("__type"), text("message"))
    }

    /// Creates the stream `d` of this configuration beside its name, and waits until it is ACTIVE.
    pub(super) fn create(&mut self, input: &Value) {
        let mut input = input.clone();
        input["DeliveryStreamName"] = "d".into();
        self.ok("CreateDeliveryStream", &input);
        let creating = self.world.settings.firehose.creating_ms;
        self.until(self.now.plus_ms(creating));
    }

    /// Puts a record on the source stream; where it lies.
    pub(super) fn put(&mut self, key: &str, data: &str) -> String {
        let input = json!({"StreamName": "s", "PartitionKey": key, "Data": STANDARD.encode(data)});
        let (status, body) = self.json(ServiceName::Kinesis, "Kinesis_20131202.PutRecord", &input);
        assert_eq!(status, 200, "{body}");
        body["SequenceNumber"].as_str().unwrap_or_default().to_owned()
    }

    /// Another operation of Kinesis.
    pub(super) fn kinesis(&mut self, operation: &str, input: &Value) -> Value {
        let target = format!("Kinesis_20131202.{operation}");
        let (status, body) = self.json(ServiceName::Kinesis, &target, input);
        assert_eq!(status, 200, "{body}");
        body
    }

    fn run_functions(&mut self) {
        for effect in self.world.take_effects() {
            let EffectKind::InvokeFunction { payload, .. } = effect.kind;
            let event: Value = serde_json::from_slice(&payload).expect("an event");
            let outcome = (self.function)(&event);
            self.events.push((effect.at, event));
            self.world.complete(self.now, effect.id, outcome);
        }
    }

    /// Lets everything happen that is due until then.
    pub(super) fn until(&mut self, end: Timestamp) {
        loop {
            self.run_functions();
            match self.world.next_deadline().filter(|at| *at <= end) {
                Some(at) => self.now = self.now.max(at),
                None => break,
            }
            self.world.advance(self.now);
        }
        self.now = self.now.max(end);
        self.world.advance(self.now);
    }

    /// Lets so much time pass.
    pub(super) fn wait_s(&mut self, seconds: i64) {
        self.until(self.now.plus_s(seconds));
    }

    /// Lets everything happen that is due, whenever that is.
    pub(super) fn settle(&mut self) {
        for _ in 0..100_000 {
            self.run_functions();
            let Some(at) = self.world.next_deadline() else { return };
            self.now = self.now.max(at);
            self.world.advance(self.now);
        }
        panic!("it never settles");
    }

    /// The fake destinations.
    pub(super) fn fake(&mut self) -> &mut Fake {
        self.world.firehose.fake.as_mut().expect("fake destinations")
    }

    /// The objects whose keys hold this text.
    pub(super) fn objects(&mut self, text: &str) -> Vec<(String, Bytes)> {
        let objects = self.fake().objects.iter();
        objects.filter(|(key, _)| key.contains(text)).cloned().collect()
    }

    /// The lines of the objects whose keys hold this text.
    pub(super) fn lines(&mut self, text: &str) -> Vec<Value> {
        let objects = self.objects(text);
        let lines = objects.iter().flat_map(|(_, body)| body.split(|byte| *byte == b'\n'));
        lines
            .filter(|line| !line.is_empty())
            .map(|line| serde_json::from_slice(line).expect("a JSON line"))
            .collect()
    }
}

/// A configuration: Kinesis source, a processor of these parameters, OpenSearch, this backup mode.
pub(super) fn search_input(parameters: &[(&str, &str)], backup: &str) -> Value {
    let parameters: Vec<Value> = [("LambdaArn", FUNCTION_ARN)]
        .iter()
        .chain(parameters)
        .map(|(name, value)| json!({"ParameterName": name, "ParameterValue": value}))
        .collect();
    json!({
        "DeliveryStreamType": "KinesisStreamAsSource",
        "KinesisStreamSourceConfiguration": {"KinesisStreamARN": STREAM_ARN, "RoleARN": ROLE_ARN},
        "AmazonopensearchserviceDestinationConfiguration": {
            "RoleARN": ROLE_ARN,
            "DomainARN": DOMAIN_ARN,
            "IndexName": "logs",
            "BufferingHints": {"SizeInMBs": 5, "IntervalInSeconds": 60},
            "S3BackupMode": backup,
            "S3Configuration": {"RoleARN": ROLE_ARN, "BucketARN": "arn:aws:s3:::demo-logs-s3"},
            "ProcessingConfiguration": {
                "Enabled": true,
                "Processors": [{"Type": "Lambda", "Parameters": parameters}],
            },
        },
    })
}

/// A configuration: direct puts into S3 with these members.
pub(super) fn s3_input(members: &Value) -> Value {
    let mut s3 = json!({
        "RoleARN": ROLE_ARN,
        "BucketARN": "arn:aws:s3:::demo-logs-s3",
        "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 60},
    });
    for (name, value) in members.as_object().into_iter().flatten() {
        s3[name.as_str()] = value.clone();
    }
    json!({"ExtendedS3DestinationConfiguration": s3})
}
