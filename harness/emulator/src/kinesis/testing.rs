//! What the tests of this service stand on: a world with a stream, driven through the wire.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde_json::{Value, json};
use tributary_vocabulary::{AccountId, Region, Timestamp};

use crate::kernel::{Caller, WireRequest, World, WorldConfig};
use crate::router::ServiceName;

/// The ARN of the stream `s` of account 222222222222.
pub(super) const ARN: &str = "arn:aws:kinesis:us-west-2:222222222222:stream/s";

/// A world, its time, and who calls.
pub(super) struct Bench {
    pub(super) world: World,
    pub(super) now: Timestamp,
    pub(super) caller: Caller,
}

impl Bench {
    /// A world without streams.
    pub(super) fn empty() -> Self {
        Self::with(WorldConfig::default())
    }

    /// A world of this configuration without streams.
    pub(super) fn with(config: WorldConfig) -> Self {
        Self {
            now: config.epoch,
            world: World::new(config),
            caller: Caller::root(AccountId::repeated(2), Region::us_west_2()),
        }
    }

    /// A world with the ACTIVE stream `s` of so many shards.
    pub(super) fn streaming(shards: u32) -> Self {
        Self::empty().and_stream(shards)
    }

    /// The same with the ACTIVE stream `s` of so many shards.
    pub(super) fn and_stream(mut self, shards: u32) -> Self {
        self.ok("CreateStream", &json!({"StreamName": "s", "ShardCount": shards}));
        self.settle();
        self
    }

    /// Lets everything happen that is due, whenever that is.
    pub(super) fn settle(&mut self) {
        while let Some(at) = self.world.next_deadline() {
            self.now = at;
            self.world.advance(at);
        }
    }

    /// Lets time pass.
    pub(super) fn wait_ms(&mut self, ms: i64) {
        self.now = self.now.plus_ms(ms);
    }

    /// The status and body of an operation's answer.
    pub(super) fn call(&mut self, operation: &str, input: &Value) -> (u16, Value) {
        let mut headers = HeaderMap::new();
        let target = format!("Kinesis_20131202.{operation}");
        headers.insert(
            HeaderName::from_static("x-amz-target"),
            HeaderValue::from_str(&target).expect("a target"),
        );
        let request = WireRequest {
            method: Method::POST,
            host: String::new(),
            path: "/".to_owned(),
            query: String::new(),
            headers,
            body: Bytes::from(input.to_string()),
        };
        let response = self.world.call(self.now, &self.caller, ServiceName::Kinesis, &request);
        let body = if response.body.is_empty() {
            Value::Null
        } else {
            serde_json::from_slice(&response.body).expect("JSON")
        };
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
        assert_eq!(status, 400, "{operation} {input}: {body}");
        let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
        (text("__type"), text("message"))
    }

    /// Puts a record of this key and data (base64); where it lies.
    pub(super) fn put(&mut self, key: &str, data: &str) -> (String, String) {
        let input = json!({"StreamName": "s", "PartitionKey": key, "Data": data});
        let body = self.ok("PutRecord", &input);
        let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
        (text("ShardId"), text("SequenceNumber"))
    }

    /// An iterator at a place of a shard.
    pub(super) fn iterator(&mut self, shard: u32, kind: &str) -> String {
        let shard = super::shard::shard_id(shard);
        let input = json!({"StreamName": "s", "ShardId": shard, "ShardIteratorType": kind});
        let body = self.ok("GetShardIterator", &input);
        body["ShardIterator"].as_str().unwrap_or_default().to_owned()
    }

    /// What an iterator reads.
    pub(super) fn read(&mut self, iterator: &str) -> Value {
        self.ok("GetRecords", &json!({"ShardIterator": iterator}))
    }
}
