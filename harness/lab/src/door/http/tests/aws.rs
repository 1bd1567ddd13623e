//! Calls as they reach an endpoint.

use aws_sdk_s3::primitives::ByteStream;
use bytes::Bytes;
use http::{Method, Request};

use super::server::Server;
use super::{account, call, door};
use crate::backend::BackendError;

#[test]
fn a_signed_call_keeps_its_path_and_names_the_host_that_it_is_sent_to() {
    let server = Server::always(200, "ok");
    let mut call = call("es", "https://es.us-west-2.amazonaws.com/2021-01-01/domain?a=b%20c");
    call.target = Some("Some.Thing");
    let response = door(&server.url).signed(account(1)).unwrap().send(&call).unwrap();
    assert_eq!((response.status, &response.body[..]), (200, &b"ok"[..]));
    let seen = server.only();
    assert_eq!(seen.line, "POST /2021-01-01/domain?a=b%20c HTTP/1.1");
    assert_eq!(format!("http://{}", seen.header("host")), server.url);
    assert_eq!((seen.header("x-amz-target"), seen.body.as_str()), ("Some.Thing", "{}"));
    assert_eq!(seen.header("content-type"), "application/json");
    let signature = seen.header("authorization");
    assert!(signature.contains("/us-west-2/es/aws4_request"), "{signature}");
    assert!(signature.contains("SignedHeaders=content-type;host;x-amz-date;x-amz-target"));
    assert_eq!(seen.access_key(), "111111111111");
}

#[test]
fn iam_is_signed_for_its_one_region() {
    let server = Server::always(200, "");
    let client = door(&server.url).signed(account(2)).unwrap();
    client.send(&call("iam", "https://iam.amazonaws.com/")).unwrap();
    let seen = server.only();
    assert!(seen.header("authorization").contains("222222222222/"), "{seen:?}");
    assert!(seen.header("authorization").contains("/us-east-1/iam/aws4_request"), "{seen:?}");
}

#[test]
fn every_status_is_an_answer() {
    for status in [301, 404, 500, 503] {
        let server = Server::always(status, "why");
        let client = door(&server.url).signed(account(1)).unwrap();
        let response = client.send(&call("lambda", "https://lambda.amazonaws.com/x")).unwrap();
        assert_eq!((response.status, &response.body[..]), (status, &b"why"[..]));
        assert!(response.success("Invoke").unwrap_err().to_string().contains("why"));
    }
}

#[test]
fn any_method_takes_any_body_and_connections_are_kept() {
    let server = Server::always(200, "");
    let door = door(&server.url);
    for method in ["GET", "DELETE", "HEAD", "PUT", "POST", "PATCH"] {
        for body in ["", "text"] {
            let uri = format!("{}/p", server.url);
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            let request = Request::builder().method(method).uri(uri);
            let response = door.send(request.body(Bytes::from(body)).unwrap()).unwrap();
            assert_eq!(response.status(), 200);
        }
    }
    let seen = server.seen();
    let bodies: Vec<&str> = seen.iter().map(|it| it.body.as_str()).collect();
    assert_eq!(bodies, ["", "text"].repeat(6));
    assert!(seen.iter().all(|it| it.connection == 0), "{seen:?}");
}

#[tokio::test]
async fn the_sdk_sees_what_was_sent() {
    let server = Server::start(|seen| {
        let list = r#"{"StreamNames":["a"],"HasMoreStreams":false}"#;
        Some((200, if seen.header("x-amz-target").is_empty() { "data" } else { list }.to_owned()))
    });
    let door = door(&server.url);
    let kinesis = aws_sdk_kinesis::Client::new(&door.sdk_config(account(3)).unwrap());
    assert_eq!(kinesis.list_streams().send().await.unwrap().stream_names(), ["a"]);
    let s3 = door.s3_client(account(3)).unwrap();
    let body = ByteStream::from_static(b"data");
    s3.put_object().bucket("bucket").key("a/b").body(body).send().await.unwrap();
    let seen = server.seen();
    assert_eq!(seen[0].access_key(), "333333333333");
    assert_eq!(seen[1].line, "PUT /bucket/a/b?x-id=PutObject HTTP/1.1");
    assert!(seen[1].body.contains("data"), "{seen:?}");
    let got = s3.get_object().bucket("bucket").key("a/b").send().await.unwrap();
    assert_eq!(&got.body.collect().await.unwrap().into_bytes()[..], b"data");
}

#[tokio::test]
async fn blocking_calls_work_inside_of_a_runtime() {
    let server = Server::always(500, "{}");
    let client = door(&server.url).signed(account(1)).unwrap();
    let response = client.send(&call("iam", "https://iam.amazonaws.com/")).unwrap();
    assert_eq!(response.status, 500);
}

#[test]
fn urls_that_are_none_are_told_without_passwords() {
    for (url, why) in [
        ("127.0.0.1:4566", "http"),
        ("ftp://host", "http"),
        ("http://u:geheim@host", "no user"),
        ("http://host/path", "path"),
        ("http://host?x", "query"),
        ("http://u:geheim@ho st", ""),
    ] {
        let endpoint = crate::backend::Endpoint::at(url);
        let error = super::AwsDoor::open(&endpoint, &super::region()).unwrap_err();
        let text = error.to_string();
        assert!(matches!(error, BackendError::Url { .. }), "{error:?}");
        assert!(text.contains(why) && !text.contains("geheim"), "{text}");
    }
}
