//! When no answer comes.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request};

use super::super::error::Trouble;
use super::super::limits::Limits;
use super::super::line::Line;
use super::server::Server;
use super::{account, call, door};
use crate::backend::BackendError;
use crate::door::SignedError;

/// A URL at which nobody listens.
fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

fn get(url: &str) -> Request<Bytes> {
    Request::get(url).body(Bytes::new()).unwrap()
}

#[test]
fn a_refused_connection_is_told_with_the_url() {
    let url = nobody();
    let door = door(&url);
    let error = door.send(get(&format!("{url}/x?secret=1"))).unwrap_err();
    assert_eq!((error.trouble, error.url.as_str()), (Trouble::Unreachable, &*format!("{url}/x")));
    let client = door.signed(account(1)).unwrap();
    let error = client.send(&call("iam", "https://iam.amazonaws.com/")).unwrap_err();
    let SignedError::Endpoint(error) = error else { panic!("{error:?}") };
    assert!(matches!(error, BackendError::Unreachable { what: "AWS endpoint", .. }), "{error:?}");
    assert!(error.to_string().contains(&url), "{error}");
}

#[tokio::test]
async fn a_refused_connection_is_an_error_of_the_sdk_too() {
    let config = door(&nobody()).sdk_config(account(1)).unwrap();
    let once = aws_smithy_types::retry::RetryConfig::disabled();
    let config = config.into_builder().retry_config(once).build();
    let error = aws_sdk_kinesis::Client::new(&config).list_streams().send().await.unwrap_err();
    let text = aws_smithy_types::error::display::DisplayErrorContext(&error).to_string();
    assert!(text.contains("nothing answers"), "{text}");
}

#[test]
fn silence_ends_with_a_timeout() {
    let server = Server::start(|_| None);
    let line = Line::open("OpenSearch", None).unwrap();
    let short = Duration::from_millis(200);
    let whole = Limits { whole: short, ..Limits::default() };
    let answer = Limits { answer: Some(short), ..Limits::default() };
    for limits in [whole, answer] {
        let error = line.send(get(&server.url), limits).unwrap_err();
        assert_eq!((error.trouble, error.what), (Trouble::Timeout, "OpenSearch"), "{error}");
    }
}

#[test]
fn no_http_and_no_host_are_told_apart() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.write_all(b"220 mail.example ready\r\n\r\n").unwrap();
    });
    let line = Line::open("OpenSearch", None).unwrap();
    let error = line.send(get(&url), Limits::default()).unwrap_err();
    assert_eq!(error.trouble, Trouble::Broken, "{error}");
    let error = line.send(get("http://no-such-host.invalid/"), Limits::default()).unwrap_err();
    assert_eq!(error.trouble, Trouble::Unreachable, "{error}");
}

#[test]
fn what_only_looks_is_asked_again_when_the_connection_breaks() {
    for (request, outcome) in [(Method::GET, Ok(200)), (Method::POST, Err(Trouble::Broken))] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for (place, stream) in listener.incoming().flatten().enumerate() {
                let mut reader = BufReader::new(stream);
                let mut line = String::new();
                while reader.read_line(&mut line).is_ok_and(|bytes| bytes > 2) {
                    line.clear();
                }
                if place > 0 {
                    let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
                    let _ = reader.get_mut().write_all(answer);
                }
            }
        });
        let line = Line::open("AWS endpoint", None).unwrap();
        let request = Request::builder().method(request).uri(url).body(Bytes::new()).unwrap();
        let answer = line.send(request, Limits::default());
        assert_eq!(answer.map(|it| it.status().as_u16()).map_err(|it| it.trouble), outcome);
    }
}
