//! Things with and without the mark at a real endpoint: ours go, another's stay.
//!
//! ```text
//! TRIBUTARY_TEST_AWS=http://127.0.0.1:4566 [TRIBUTARY_TEST_ACCOUNT=999999999999] \
//! [TRIBUTARY_TEST_OPENSEARCH=http://127.0.0.1:9200] \
//!     cargo test -p tributary --lib upkeep::live_test -- --ignored --nocapture
//! ```
//!
//! `TRIBUTARY_TEST_WITHOUT=function` leaves a kind out. LocalStack needs it where it cannot have its
//! Lambda runtime: creation ends as `Failed`, and DeleteFunction of such a function is answered with
//! 500 (seen on 4.14).

use bytes::Bytes;
use http::Method;
use serde_json::{Value, json};
use tributary_vocabulary::{AccountId, Region};

use super::desk::{Desk, element};
use super::piece::Piece;
use super::refusal::{Refusal, or_absent};
use super::*;
use crate::backend::Endpoint;
use crate::door::{AwsDoor, SearchDoor};

const TRUST: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#;
const POLICY: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}"#;
/// An archive without files, in base64.
const EMPTY_ZIP: &str = "UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==";

/// Where the things of a test are made.
struct Place {
    doors: Doors,
    desk: Desk,
    account: AccountId,
}

impl Place {
    fn of_environment() -> Self {
        let url = std::env::var("TRIBUTARY_TEST_AWS")
            .expect("TRIBUTARY_TEST_AWS names no endpoint: nothing was tested");
        let account = std::env::var("TRIBUTARY_TEST_ACCOUNT").map_or_else(
            |_| AccountId::repeated(9),
            |account| account.parse().expect("TRIBUTARY_TEST_ACCOUNT is no account"),
        );
        let region: Region = "us-east-1".parse().unwrap();
        let aws = AwsDoor::open(&Endpoint::at(url), &region).unwrap();
        let search = std::env::var("TRIBUTARY_TEST_OPENSEARCH").ok();
        let search = search.map(|url| SearchDoor::open(&url, None).unwrap());
        let doors = Doors { aws, search };
        Self { desk: Desk::new(&doors, account), doors, account }
    }

    fn arn(&self, service: &str, rest: &str) -> String {
        format!("arn:aws:{service}:us-east-1:{}:{rest}", self.account)
    }

    fn role(&self, name: &str) -> String {
        format!("arn:aws:iam::{}:role/{name}", self.account)
    }

    async fn logs(&self, target: &'static str, mut body: Value, mark: Option<&Mark>) -> Made {
        if let Some(mark) = mark {
            body["tags"] = json!(mark.as_map());
        }
        self.desk.json("logs", target, body).await.map(|_| ())
    }

    /// Makes a thing as provisioning does, with what belongs to it.
    async fn make(&self, thing: &Thing, mark: Option<&Mark>) -> Made {
        let name = thing.name.as_str();
        match thing.kind {
            Kind::LogGroup => self.make_group(name, mark).await,
            Kind::Stream => self.make_stream(name, mark).await,
            Kind::Bucket => self.make_bucket(name, mark).await,
            Kind::Role => self.make_role(name, mark).await,
            Kind::FlowLogs => self.make_flow_logs(name, mark).await,
            Kind::Destination => {
                // It is named for its role, so that one without tags is its role's.
                let (target, role) = (self.arn("kinesis", "stream/s"), self.role(name));
                let body = json!({ "destinationName": name, "targetArn": target, "roleArn": role });
                self.logs("Logs_20140328.PutDestination", body, mark).await
            }
            Kind::ResourcePolicy { .. } => {
                let body = json!({ "policyName": name, "policyDocument": POLICY });
                self.logs("Logs_20140328.PutResourcePolicy", body, None).await
            }
            Kind::Rule => self.make_rule(name, mark).await,
            Kind::IndexTemplate | Kind::Indices => panic!("{thing} is made by its own test"),
            Kind::DeliveryStream | Kind::Function | Kind::Domain | Kind::Trail | Kind::Detector => {
                self.make_by_json(thing, mark).await
            }
        }
    }

    async fn make_by_json(&self, thing: &Thing, mark: Option<&Mark>) -> Made {
        let name = thing.name.as_str();
        let list = mark.map_or(json!([]), Mark::json_list);
        let map = mark.map_or(json!({}), Mark::json_map);
        let role = self.role("upkeep-ours");
        match thing.kind {
            Kind::DeliveryStream => {
                let mut body = json!({
                    "DeliveryStreamName": name,
                    "DeliveryStreamType": "DirectPut",
                    "S3DestinationConfiguration":
                        { "RoleARN": role, "BucketARN": "arn:aws:s3:::upkeep-ours" },
                });
                if mark.is_some() {
                    body["Tags"] = list;
                }
                self.desk.json("firehose", "Firehose_20150804.CreateDeliveryStream", body).await
            }
            Kind::Function => {
                let body = json!({
                    "FunctionName": name, "Role": role, "Runtime": "python3.13",
                    "Handler": "a.b", "Code": { "ZipFile": EMPTY_ZIP }, "Tags": map,
                });
                let path = "/2015-03-31/functions";
                self.desk.rest("lambda", Method::POST, path, Some(body)).await
            }
            Kind::Domain => {
                let body = json!({ "DomainName": name, "TagList": list });
                let path = "/2021-01-01/opensearch/domain";
                self.desk.rest("es", Method::POST, path, Some(body)).await
            }
            Kind::Trail => {
                let target = "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.CreateTrail";
                let body = json!({ "Name": name, "S3BucketName": "upkeep-ours", "TagsList": list });
                self.desk.json("cloudtrail", target, body).await
            }
            _ => {
                let body = json!({ "enable": true, "tags": map });
                self.desk.rest("guardduty", Method::POST, "/detector", Some(body)).await
            }
        }
        .map(|_| ())
    }

    async fn make_group(&self, name: &str, mark: Option<&Mark>) -> Made {
        let body = json!({ "logGroupName": name });
        self.logs("Logs_20140328.CreateLogGroup", body, mark).await?;
        let body = json!({
            "logGroupName": name, "filterName": "f", "filterPattern": "",
            "destinationArn": self.arn("kinesis", "stream/upkeep-other"),
            "roleArn": self.role("upkeep-ours"),
        });
        self.logs("Logs_20140328.PutSubscriptionFilter", body, None).await
    }

    async fn make_stream(&self, name: &str, mark: Option<&Mark>) -> Made {
        let body = json!({ "StreamName": name, "ShardCount": 1 });
        self.desk.json("kinesis", "Kinesis_20131202.CreateStream", body).await?;
        if let Some(mark) = mark {
            let body = json!({ "StreamName": name, "Tags": mark.as_map() });
            self.desk.json("kinesis", "Kinesis_20131202.AddTagsToStream", body).await?;
        }
        Ok(())
    }

    async fn make_bucket(&self, name: &str, mark: Option<&Mark>) -> Made {
        let s3 = self.desk.s3().await?;
        s3.create_bucket().bucket(name).send().await.unwrap();
        if let Some(mark) = mark {
            let tagging = mark.s3_tagging().unwrap();
            s3.put_bucket_tagging().bucket(name).tagging(tagging).send().await.unwrap();
        }
        for key in ["a/1", "b 2"] {
            s3.put_object().bucket(name).key(key).send().await.unwrap();
        }
        Ok(())
    }

    async fn make_role(&self, name: &str, mark: Option<&Mark>) -> Made {
        let mut form = vec![("RoleName", name), ("AssumeRolePolicyDocument", TRUST)];
        form.extend(mark.iter().flat_map(|mark| mark.iam_form()));
        self.desk.iam("CreateRole", &form).await?;
        let form = [("RoleName", name), ("PolicyName", "p"), ("PolicyDocument", POLICY)];
        self.desk.iam("PutRolePolicy", &form).await.map(|_| ())
    }

    async fn make_rule(&self, name: &str, mark: Option<&Mark>) -> Made {
        let tags = mark.map_or(json!([]), Mark::json_list);
        let body = json!({ "Name": name, "EventPattern": r#"{"source":["a"]}"#, "Tags": tags });
        self.desk.json("events", "AWSEvents.PutRule", body).await?;
        let target = json!({ "Id": "t", "Arn": self.arn("logs", "log-group:upkeep-other") });
        let body = json!({ "Rule": name, "Targets": [target] });
        self.desk.json("events", "AWSEvents.PutTargets", body).await.map(|_| ())
    }

    async fn make_flow_logs(&self, name: &str, mark: Option<&Mark>) -> Made {
        let vpcs = self.desk.ec2("DescribeVpcs", &[]).await?;
        let role = self.role("upkeep-ours");
        let mut form = vec![
            ("ResourceType", "VPC"),
            ("ResourceId.1", element(&vpcs, "vpcId").unwrap()),
            ("TrafficType", "ALL"),
            ("LogGroupName", name),
            ("DeliverLogsPermissionArn", &role),
        ];
        form.extend(mark.iter().flat_map(|mark| mark.ec2_form("vpc-flow-log")));
        self.desk.ec2("CreateFlowLogs", &form).await.map(|_| ())
    }

    /// What is there of these, for whom it is.
    async fn found(&self, things: &[Thing]) -> Vec<Piece> {
        let mut found = Vec::new();
        for thing in things {
            found.extend(kinds::look(&self.desk, thing).await.unwrap());
        }
        found
    }
}

type Made = Result<(), Refusal>;

/// One of each kind; the streams and roles first that others name.
fn one_of_each(account: AccountId, name: &'static str) -> Vec<Thing> {
    [
        Kind::Role,
        Kind::Stream,
        Kind::Bucket,
        Kind::LogGroup,
        Kind::ResourcePolicy { group: name },
        Kind::Destination,
        Kind::Rule,
        Kind::DeliveryStream,
        Kind::Function,
        Kind::Domain,
        Kind::Trail,
        Kind::FlowLogs,
    ]
    .map(|kind| Thing::new(kind, account, name))
    .to_vec()
}

/// Makes them, and gives those whose service the backend has.
async fn make_all(place: &Place, things: Vec<Thing>, mark: Option<&Mark>) -> Vec<Thing> {
    let without = std::env::var("TRIBUTARY_TEST_WITHOUT").unwrap_or_default();
    let mut made = Vec::new();
    for thing in things {
        if thing.kind.noun() == without {
            println!("left out, so not tested: {thing}");
            continue;
        }
        match or_absent(place.make(&thing, mark).await) {
            Ok(Some(())) => made.push(thing),
            Ok(None) => println!("not offered here, so not tested: {thing}"),
            Err(refusal) => panic!("{thing}: {}", refusal.sentence()),
        }
    }
    made
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs an endpoint: set TRIBUTARY_TEST_AWS"]
async fn ours_go_and_anothers_stay() {
    let place = Place::of_environment();
    let mark = Mark::new("20261127-113501-4f2a");
    // Another's first: log groups of both deliver to its stream, which has to be there.
    let other = one_of_each(place.account, "upkeep-other");
    let ours = one_of_each(place.account, "upkeep-ours");
    assert!(
        survey(&place.doors, &[&ours[..], &other[..]].concat())
            .await
            .unwrap()
            .must_be_free()
            .is_ok()
    );
    make_all(&place, ours[..3].to_vec(), Some(&mark)).await;
    let other = make_all(&place, other, None).await;
    let mut ours = make_all(&place, ours[3..].to_vec(), Some(&mark)).await;
    ours.extend(one_of_each(place.account, "upkeep-ours").drain(..3));
    let detector = Thing::new(Kind::Detector, place.account, "detector");
    ours.extend(make_all(&place, vec![detector], Some(&mark)).await);
    let all = [&ours[..], &other[..]].concat();

    let stands = place.found(&other).await;
    assert_eq!(stands.len(), other.len());
    assert!(stands.iter().all(|piece| piece.run.is_none()), "{stands:?}");
    let survey_of_all = survey(&place.doors, &all).await.unwrap();
    println!("{}", survey_of_all.must_be_free().unwrap_err());
    let mut sorted = ours.clone();
    sorted.sort();
    assert_eq!(survey_of_all.leftovers(), sorted);

    // The end of another run of ours takes nothing.
    let nobody = Whose::Run(Mark::new("another-run"));
    assert_eq!(tear_down(&place.doors, &all, nobody).await, Vec::<String>::new());
    assert_eq!(survey(&place.doors, &all).await.unwrap().leftovers(), sorted);

    let stays = tear_down(&place.doors, &all, Whose::Run(mark)).await;
    assert_eq!(stays, Vec::<String>::new());
    assert_eq!(place.found(&ours).await, Vec::new());
    assert_eq!(place.found(&other).await, stands);
    println!("{} of ours went, {} of another's stayed", ours.len(), stands.len());

    for kind in [Kind::LogGroup, Kind::FlowLogs, Kind::Stream] {
        // What is gone can be made again at once, by the next run, and `--replace` takes it away.
        let again = Thing::new(kind, place.account, "upkeep-ours");
        make_all(&place, vec![again.clone()], Some(&Mark::new("next"))).await;
        assert_eq!(tear_down(&place.doors, &[again], Whose::AnyRun).await, Vec::<String>::new());
    }
    for piece in &stands {
        kinds::remove(&place.desk, piece).await.unwrap_or_else(|it| panic!("{}", it.sentence()));
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs an endpoint and an OpenSearch: set TRIBUTARY_TEST_AWS and TRIBUTARY_TEST_OPENSEARCH"]
async fn indices_of_the_template_go_and_others_stay() {
    let place = Place::of_environment();
    let search = place.doors.search.clone().expect("TRIBUTARY_TEST_OPENSEARCH names none");
    let put = |path: &'static str, body: Value| {
        let search = search.clone();
        let answer = tokio::task::spawn_blocking(move || {
            search.request(Method::PUT, path, "application/json", Bytes::from(body.to_string()))
        });
        async move { assert_eq!(answer.await.unwrap().unwrap().status(), 200, "{path}") }
    };
    let things = [
        Thing::new(Kind::Indices, place.account, plan::INDICES),
        Thing::new(Kind::IndexTemplate, place.account, INDEX_TEMPLATE),
    ];
    let mark = Mark::new("20261127-113501-4f2a");
    assert!(survey(&place.doors, &things).await.unwrap().must_be_free().is_ok());
    put("/logs-2026-11-26", json!({})).await;
    put("/_index_template/tributary-logs", mark.index_template(&["logs", "logs-*"])).await;
    for index in ["/logs-2026-11-27/_doc/1", "/logs/_doc/1", "/logs-nginx/_doc/1"] {
        let body = json!({ "a": 1 });
        let search = search.clone();
        let answer = tokio::task::spawn_blocking(move || {
            search.request(Method::PUT, index, "application/json", Bytes::from(body.to_string()))
        });
        assert_eq!(answer.await.unwrap().unwrap().status(), 201, "{index}");
    }
    println!("{}", survey(&place.doors, &things).await.unwrap().must_be_free().unwrap_err());
    let stays = tear_down(&place.doors, &things, Whose::Run(mark)).await;
    assert_eq!(stays, Vec::<String>::new());
    let mut left: Vec<String> =
        place.found(&things).await.into_iter().map(|piece| piece.id).collect();
    left.sort();
    assert_eq!(left, ["logs-2026-11-26", "logs-nginx"]);
    for index in left {
        place.desk.search(Method::DELETE, format!("/{index}")).await.unwrap();
    }
}
