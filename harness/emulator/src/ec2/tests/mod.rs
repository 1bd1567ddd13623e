//! EC2 at its wire and at its typed doors.

mod buckets;
mod flow_logs;
mod network;
mod publishing;

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{HeaderMap, Method};
use serde_json::{Value, json};
use tributary_vocabulary::{AccountId, EventRecord, Region, Timestamp};

use super::{FurnishedSubnet, FurnishedVpc, Nic, furnish, publish};
use crate::kernel::{Caller, Hooks, Observation, WireRequest, WireResponse, World, WorldConfig};
use crate::protocol::xml_read::Node;
use crate::router::ServiceName;

pub(super) const ACCOUNT: &str = "111111111111";
pub(super) const VPC: &str = "vpc-0aaaaaaaaaaaaaaaa";
pub(super) const SUBNET: &str = "subnet-0aaaaaaaaaaaaaaaa";
pub(super) const ENI: &str = "eni-0aaaaaaaaaaaaaaaa";
pub(super) const GROUP: &str = "/aws/vpc/demo";
pub(super) const ROLE: &str = "arn:aws:iam::111111111111:role/Demo_flowlogsrole";
const NIC: Nic<'_> = Nic { vpc_id: VPC, subnet_id: SUBNET, interface_id: ENI };

/// Writes down what a source could not publish, and what was refused.
#[derive(Default)]
pub(super) struct Heard {
    /// Code, message, and the messages of the events.
    pub(super) unpublished: Vec<(String, String, Vec<String>)>,
    pub(super) refused: Vec<String>,
}

struct Spy(Arc<Mutex<Heard>>);

impl Hooks for Spy {
    fn observe(&mut self, _now: Timestamp, observation: &Observation<'_>) {
        let mut heard = self.0.lock().expect("one thread");
        match observation {
            Observation::Unpublished { code, message, events, .. } => {
                let lines = events.iter().map(|event| event.message.clone()).collect();
                heard.unpublished.push(((*code).to_owned(), (*message).to_owned(), lines));
            }
            Observation::Refused { decision } => heard.refused.push(decision.sentence()),
            _ => {}
        }
    }
}

/// A world with one furnished VPC, and its door.
pub(super) struct Site {
    pub(super) world: World,
    pub(super) heard: Arc<Mutex<Heard>>,
}

/// A response: its status, and its body.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: String,
}

impl Answer {
    /// The text of the first element of this name, wherever it is.
    pub(super) fn text(&self, name: &str) -> String {
        fn find(node: &Node, name: &str) -> Option<String> {
            if node.name == name {
                return Some(node.text.clone());
            }
            node.children.iter().find_map(|child| find(child, name))
        }
        let node = Node::parse(self.body.as_bytes()).expect("XML");
        find(&node, name).unwrap_or_default()
    }

    /// How often an element of this name is there.
    pub(super) fn count(&self, name: &str) -> usize {
        self.body.matches(&format!("<{name}>")).count()
    }
}

pub(super) fn site() -> Site {
    let heard = Arc::new(Mutex::new(Heard::default()));
    let hooks = Box::new(Spy(Arc::clone(&heard)));
    let mut world = World::new(WorldConfig { hooks, ..WorldConfig::default() });
    let subnet = FurnishedSubnet {
        subnet_id: SUBNET.to_owned(),
        cidr: "10.4.0.0/20".to_owned(),
        availability_zone: "us-west-2a".to_owned(),
    };
    let vpc = FurnishedVpc {
        vpc_id: VPC.to_owned(),
        cidr: "10.4.0.0/16".to_owned(),
        subnets: vec![subnet],
    };
    furnish(&mut world, AccountId::repeated(1), &Region::us_west_2(), vpc);
    Site { world, heard }
}

impl Site {
    /// A request as the AWS CLI sends it, signed with a key that is an account.
    pub(super) fn send(
        &mut self,
        account: &str,
        service: &str,
        version: &str,
        action: &str,
        parameters: &[(&str, &str)],
    ) -> Answer {
        let authorization = format!(
            "AWS4-HMAC-SHA256 Credential={account}/20260101/us-west-2/{service}/aws4_request, \
             SignedHeaders=host;x-amz-date, Signature=00"
        );
        let form = form(version, action, parameters);
        self.wire(Method::POST, service, "/", &authorization, form)
    }

    pub(super) fn wire(
        &mut self,
        method: Method,
        service: &str,
        path: &str,
        authorization: &str,
        body: String,
    ) -> Answer {
        let request = request(method, service, path, authorization, body);
        let now = self.world.now();
        answer(&self.world.handle(now, &request))
    }

    pub(super) fn ec2(&mut self, action: &str, parameters: &[(&str, &str)]) -> Answer {
        self.send(ACCOUNT, "ec2", "2016-11-15", action, parameters)
    }

    /// A request of somebody who has no key here.
    pub(super) fn as_caller(
        &mut self,
        caller: &Caller,
        action: &str,
        parameters: &[(&str, &str)],
    ) -> Answer {
        let request = request(Method::POST, "ec2", "/", "", form("2016-11-15", action, parameters));
        let now = self.world.now();
        answer(&self.world.call(now, caller, ServiceName::Ec2, &request))
    }

    pub(super) fn ok(&mut self, action: &str, parameters: &[(&str, &str)]) -> Answer {
        let answer = self.ec2(action, parameters);
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer
    }

    pub(super) fn iam(&mut self, account: &str, action: &str, parameters: &[(&str, &str)]) {
        let answer = self.send(account, "iam", "2010-05-08", action, parameters);
        assert_eq!(answer.status, 200, "{}", answer.body);
    }

    /// The role of the flow logs with a trust and a permission policy.
    pub(super) fn role(&mut self, trust: &Value, permissions: &Value) {
        let (trust, name) = (trust.to_string(), ("RoleName", "Demo_flowlogsrole"));
        self.iam(ACCOUNT, "CreateRole", &[name, ("AssumeRolePolicyDocument", &trust)]);
        self.permissions(permissions);
    }

    pub(super) fn permissions(&mut self, permissions: &Value) {
        let text = permissions.to_string();
        let name = ("RoleName", "Demo_flowlogsrole");
        self.iam(ACCOUNT, "PutRolePolicy", &[name, ("PolicyName", "p"), ("PolicyDocument", &text)]);
    }

    /// A flow log of the VPC to the log group; its id.
    pub(super) fn flow_log(&mut self, more: &[(&str, &str)]) -> String {
        let mut parameters = vec![
            ("ResourceId.1", VPC),
            ("ResourceType", "VPC"),
            ("LogGroupName", GROUP),
            ("DeliverLogsPermissionArn", ROLE),
        ];
        if !more.iter().any(|(name, _)| *name == "TrafficType") {
            parameters.push(("TrafficType", "ALL"));
        }
        parameters.extend_from_slice(more);
        let answer = self.ok("CreateFlowLogs", &parameters);
        assert!(answer.text("item").starts_with("fl-"), "{}", answer.body);
        answer.text("item")
    }

    pub(super) fn publish(&mut self, lines: &[String]) {
        let events: Vec<EventRecord> = lines.iter().map(|line| event(line)).collect();
        publish(&mut self.world, AccountId::repeated(1), &Region::us_west_2(), &NIC, &events);
    }

    pub(super) fn stored(&self, stream: &str) -> Vec<String> {
        let events = self.world.log_events(AccountId::repeated(1), GROUP, stream);
        events.map(|event| event.message.to_string()).collect()
    }

    /// Status and message of the only flow log.
    pub(super) fn delivery(&mut self) -> (String, String) {
        let answer = self.ok("DescribeFlowLogs", &[]);
        (answer.text("deliverLogsStatus"), answer.text("deliverLogsErrorMessage"))
    }

    pub(super) fn heard(&self) -> Heard {
        std::mem::take(&mut *self.heard.lock().expect("one thread"))
    }
}

/// A form as the AWS CLI writes it.
fn form(version: &str, action: &str, parameters: &[(&str, &str)]) -> String {
    let mut form = format!("Action={action}&Version={version}");
    for (name, value) in parameters {
        let value =
            percent_encoding::utf8_percent_encode(value, percent_encoding::NON_ALPHANUMERIC);
        form.push_str(&format!("&{name}={value}"));
    }
    form
}

fn request(
    method: Method,
    service: &str,
    path: &str,
    authorization: &str,
    body: String,
) -> WireRequest {
    let mut headers = HeaderMap::new();
    headers.insert("authorization", authorization.parse().expect("a value"));
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    WireRequest {
        method,
        host: format!("{service}.us-west-2.amazonaws.com"),
        path: path.to_owned(),
        query: query.to_owned(),
        headers,
        body: Bytes::from(body),
    }
}

fn answer(response: &WireResponse) -> Answer {
    let body = String::from_utf8_lossy(&response.body).into_owned();
    Answer { status: response.status.as_u16(), body }
}

/// A record of so many seconds after the epoch of the world.
pub(super) fn line(at_s: i64, action: &str) -> String {
    let start = Timestamp::DEFAULT_EPOCH.s() + at_s;
    let end = start + 20;
    format!(
        "2 111111111111 {ENI} 10.4.1.17 10.4.9.30 49160 5432 6 14 2310 {start} {end} {action} OK"
    )
}

/// A record without traffic.
pub(super) fn nodata(at_s: i64) -> String {
    let start = Timestamp::DEFAULT_EPOCH.s() + at_s;
    format!("2 111111111111 {ENI} - - - - - - - {start} {} - NODATA", start + 60)
}

fn event(line: &str) -> EventRecord {
    let start = line.split(' ').nth(10).expect("a start").parse().expect("a number");
    EventRecord { timestamp: Timestamp::from_s(start), message: line.to_owned() }
}

pub(super) fn trust() -> Value {
    json!({ "Version": "2012-10-17", "Statement": [{
        "Effect": "Allow",
        "Principal": { "Service": "vpc-flow-logs.amazonaws.com" },
        "Action": "sts:AssumeRole",
        "Condition": {
            "StringEquals": { "aws:SourceAccount": ACCOUNT },
            "ArnLike": { "aws:SourceArn": "arn:aws:ec2:us-west-2:111111111111:vpc-flow-log/*" },
        },
    }] })
}

pub(super) fn permissions() -> Value {
    json!({ "Version": "2012-10-17", "Statement": [{
        "Effect": "Allow",
        "Action": [
            "logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents",
            "logs:DescribeLogGroups", "logs:DescribeLogStreams",
        ],
        "Resource": "*",
    }] })
}
