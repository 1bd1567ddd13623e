//! The control plane through its wire.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde_json::{Value, json};
use tributary_vocabulary::{AccountId, Region, Timestamp};

use super::Function;
use crate::kernel::{Caller, WireRequest, World, WorldConfig};
use crate::router::ServiceName;

const ARN: &str = "arn:aws:lambda:us-west-2:222222222222:function:transform";

struct Bench {
    world: World,
    now: Timestamp,
    caller: Caller,
    headers: HeaderMap,
}

impl Bench {
    fn new() -> Self {
        let caller = Caller::root(AccountId::repeated(2), Region::us_west_2());
        let world = World::new(WorldConfig::default());
        Self { now: Timestamp::DEFAULT_EPOCH, world, caller, headers: HeaderMap::new() }
    }

    /// With the function `transform`, made before the world began.
    fn with_function() -> Self {
        let mut bench = Self::new();
        let created = bench.now.plus_s(-60);
        let mut function = Function {
            name: "transform".into(),
            account: AccountId::repeated(2),
            region: Region::us_west_2(),
            description: String::new(),
            role: "arn:aws:iam::222222222222:role/lambda-role".into(),
            runtime: "python3.13".into(),
            handler: "lambda_function.lambda_handler".into(),
            timeout_s: 60,
            memory_mb: 128,
            architecture: "x86_64".into(),
            storage_mb: 512,
            created,
            last_modified: created,
            revision_id: "0".into(),
            code: Bytes::new(),
            code_sha256: String::new(),
            code_size: 0,
            environment: Vec::new(),
            tags: std::collections::BTreeMap::new(),
            statements: Vec::new(),
            policy: None,
        };
        function.set_code(Bytes::from_static(b"PK\x05\x06"));
        bench.world.lambda.functions.insert(ARN.to_owned(), function);
        bench
    }

    fn call(&mut self, method: Method, path: &str, body: &Value) -> (u16, Value) {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let request = WireRequest {
            method,
            host: String::new(),
            path: format!("/2015-03-31/functions{path}"),
            query: query.to_owned(),
            headers: self.headers.clone(),
            body: if body.is_null() { Bytes::new() } else { Bytes::from(body.to_string()) },
        };
        let response = self.world.call(self.now, &self.caller, ServiceName::Lambda, &request);
        let mut body: Value = serde_json::from_slice(&response.body).unwrap_or(Value::Null);
        if let Some(code) = response.headers.get("x-amzn-errortype") {
            body["code"] = code.to_str().unwrap_or("").into();
        }
        (response.status.as_u16(), body)
    }
}

fn creation() -> Value {
    json!({
        "FunctionName": "transform", "Runtime": "python3.13", "Handler": "f.g",
        "Role": "arn:aws:iam::222222222222:role/lambda-role",
        "Code": {"ZipFile": "UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA=="},
    })
}

#[test]
fn what_is_wrong_with_a_new_function_is_said_in_lambdas_words() {
    let mut bench = Bench::new();
    for (change, status, code, sentence) in [
        (
            json!({"Role": "nobody"}),
            400,
            "ValidationException",
            "1 validation error detected: Value 'nobody' at 'role' failed to satisfy constraint: \
             Member must satisfy regular expression pattern: ",
        ),
        (
            json!({"Runtime": "cobol"}),
            400,
            "InvalidParameterValueException",
            "Value cobol at 'runtime' failed to satisfy constraint: Member must satisfy enum value",
        ),
        (
            json!({"Code": {"ZipFile": "bm8gemlw"}}),
            400,
            "InvalidParameterValueException",
            "Could not unzip uploaded file. Please check your file, then try to upload again.",
        ),
        (
            json!({"Timeout": 0, "MemorySize": 20_000}),
            400,
            "ValidationException",
            "2 validation errors detected: Value '0' at 'timeout'",
        ),
        (
            json!({"Role": "arn:aws:iam::111111111111:role/r"}),
            403,
            "AccessDeniedException",
            "Cross-account pass role is not allowed.",
        ),
        (
            json!({"Role": "arn:aws:iam::222222222222:role/nobody"}),
            400,
            "InvalidParameterValueException",
            "The role defined for the function cannot be assumed by Lambda.",
        ),
        (
            json!({"Publish": true}),
            400,
            "InvalidParameterValueException",
            "Versions are not offered by this emulator",
        ),
    ] {
        let mut input = creation();
        for (key, value) in change.as_object().expect("an object") {
            input[key] = value.clone();
        }
        let (given, body) = bench.call(Method::POST, "", &input);
        assert_eq!((given, body["code"].as_str()), (status, Some(code)), "{change}: {body}");
        let message = body["message"].as_str().unwrap_or_default();
        assert!(message.starts_with(sentence), "{message}");
    }
}

#[test]
fn a_function_is_told_by_name_and_by_arn() {
    let mut bench = Bench::with_function();
    let encoded = ARN.replace(':', "%3A");
    let (status, body) = bench.call(Method::GET, &format!("/{encoded}"), &Value::Null);
    assert_eq!(status, 200);
    assert_eq!(body["Code"]["RepositoryType"], "S3");
    let (status, configuration) =
        bench.call(Method::GET, "/transform/configuration?Qualifier=$LATEST", &Value::Null);
    assert_eq!(status, 200);
    assert_eq!(configuration, body["Configuration"]);
    assert_eq!(
        configuration,
        json!({
            "FunctionName": "transform", "FunctionArn": ARN, "Runtime": "python3.13",
            "Role": "arn:aws:iam::222222222222:role/lambda-role",
            "Handler": "lambda_function.lambda_handler", "CodeSize": 4, "Description": "",
            "Timeout": 60, "MemorySize": 128, "LastModified": "2025-12-31T23:59:00.000+0000",
            "CodeSha256": configuration["CodeSha256"], "Version": "$LATEST",
            "TracingConfig": {"Mode": "PassThrough"}, "RevisionId": "0", "State": "Active",
            "LastUpdateStatus": "Successful", "PackageType": "Zip", "Architectures": ["x86_64"],
            "EphemeralStorage": {"Size": 512},
            "SnapStart": {"ApplyOn": "None", "OptimizationStatus": "Off"},
            "LoggingConfig": {"LogFormat": "Text", "LogGroup": "/aws/lambda/transform"},
        })
    );
    for path in ["/absent", "/transform?Qualifier=live"] {
        let (status, body) = bench.call(Method::GET, path, &Value::Null);
        assert_eq!((status, body["code"].as_str()), (404, Some("ResourceNotFoundException")));
    }
    let (_, body) = bench.call(Method::GET, "?MaxItems=1", &Value::Null);
    assert_eq!(body["Functions"].as_array().map(Vec::len), Some(1));
    assert!(body.get("NextMarker").is_none());
}

#[test]
fn changes_take_a_moment_and_know_their_revision() {
    let mut bench = Bench::with_function();
    let change =
        json!({"Timeout": 300, "Environment": {"Variables": {"A": "1"}}, "RevisionId": "0"});
    let path = "/transform/configuration";
    let (status, body) = bench.call(Method::PUT, path, &change);
    assert_eq!((status, body["LastUpdateStatus"].as_str()), (200, Some("InProgress")));
    assert_eq!(body["Environment"]["Variables"]["A"], "1");
    let zip = json!({"ZipFile": "UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA=="});
    let (status, body) = bench.call(Method::PUT, "/transform/code", &zip);
    assert_eq!((status, body["code"].as_str()), (409, Some("ResourceConflictException")));
    bench.now = bench.now.plus_s(1);
    let (status, body) = bench.call(Method::PUT, path, &change);
    assert_eq!((status, body["code"].as_str()), (412, Some("PreconditionFailedException")));
    let (status, body) = bench.call(Method::PUT, "/transform/code", &zip);
    assert_eq!((status, body["CodeSize"].as_i64()), (200, Some(22)));
    assert_eq!(body["CodeSha256"], "hznHbmgfkAkjuQDJ3w73XPQh05yrtUZQxLmtGbanbYU=");
    let (status, _) = bench.call(Method::DELETE, "/transform", &Value::Null);
    assert_eq!(status, 200);
    assert_eq!(bench.call(Method::GET, "/transform", &Value::Null).0, 404);
}

#[test]
fn permissions_become_a_policy_that_decides() {
    let mut bench = Bench::with_function();
    let path = "/transform/policy";
    let (status, body) = bench.call(Method::GET, path, &Value::Null);
    assert_eq!(
        (status, body["message"].as_str()),
        (404, Some("The resource you requested does not exist."))
    );
    let permission = json!({
        "StatementId": "member", "Action": "lambda:InvokeFunction", "Principal": "111111111111",
    });
    let (status, body) = bench.call(Method::POST, path, &permission);
    assert_eq!(status, 201);
    let statement = body["Statement"].as_str().unwrap_or_default().to_owned();
    assert_eq!(
        statement,
        format!(
            r#"{{"Sid":"member","Effect":"Allow","Principal":{{"AWS":"arn:aws:iam::111111111111:root"}},"Action":"lambda:InvokeFunction","Resource":"{ARN}"}}"#
        )
    );
    assert_eq!(bench.call(Method::POST, path, &permission).0, 409);
    let (_, body) = bench.call(Method::GET, path, &Value::Null);
    assert_eq!(
        body["Policy"],
        format!(r#"{{"Version":"2012-10-17","Id":"default","Statement":[{statement}]}}"#)
    );
    let invoke = format!("/{}/invocations", ARN.replace(':', "%3A"));
    bench.headers.insert(
        HeaderName::from_static("x-amz-invocation-type"),
        HeaderValue::from_static("DryRun"),
    );
    let owner = bench.caller.clone();
    bench.caller = Caller::root(AccountId::repeated(1), Region::us_west_2());
    assert_eq!(bench.call(Method::POST, &invoke, &json!({})).0, 204);
    bench.caller = owner.clone();
    assert_eq!(bench.call(Method::DELETE, "/transform/policy/member", &Value::Null).0, 204);
    assert_eq!(bench.call(Method::DELETE, "/transform/policy/member", &Value::Null).0, 404);
    bench.caller = Caller::root(AccountId::repeated(1), Region::us_west_2());
    assert_eq!(bench.call(Method::POST, &invoke, &json!({})).0, 403);
    bench.caller = owner;
    bench.headers.clear();
    let (status, body) = bench.call(Method::POST, &invoke, &json!({}));
    assert_eq!((status, body["code"].as_str()), (400, Some("InvalidParameterValueException")));
    assert!(body["message"].as_str().is_some_and(|text| text.contains("RequestResponse")));
}
