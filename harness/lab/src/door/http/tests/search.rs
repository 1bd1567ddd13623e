//! OpenSearch, and what is none.

use bytes::Bytes;
use http::Method;

use super::super::SearchDoor;
use super::server::Server;
use crate::backend::BackendError;

const ROOT: &str = r#"{"version":{"distribution":"opensearch","number":"3.8.0"},"tagline":"x"}"#;

fn at(server: &Server) -> SearchDoor {
    SearchDoor::open(&server.url, None).unwrap()
}

#[test]
fn opensearch_tells_its_version() {
    let server = Server::always(200, ROOT);
    assert_eq!(at(&server).check().unwrap(), "3.8.0");
    assert_eq!(server.only().line, "GET / HTTP/1.1");
}

#[test]
fn user_and_password_are_sent_and_never_shown() {
    let server = Server::always(200, ROOT);
    let url = server.url.replace("http://", "http://admin:p%40ss@");
    let door = SearchDoor::open(&format!("{url}/base/"), None).unwrap();
    let body = Bytes::from_static(b"{}\n");
    door.request(Method::GET, "/logs/_search?size=1", "application/x-ndjson", body).unwrap();
    let seen = server.only();
    assert_eq!(seen.line, "GET /base/logs/_search?size=1 HTTP/1.1");
    assert_eq!(seen.header("authorization"), "Basic YWRtaW46cEBzcw==");
    assert_eq!((seen.header("content-type"), &*seen.body), ("application/x-ndjson", "{}\n"));
    assert_eq!(format!("http://{}", seen.header("host")), server.url);
    assert_eq!(door.url(), format!("{}/base", server.url));
    assert!(!format!("{door:?}").contains("p@ss") && !format!("{door:?}").contains("p%40ss"));
}

#[test]
fn a_login_that_is_wanted_is_told() {
    for status in [401, 403] {
        let server = Server::always(status, "Unauthorized");
        let error = at(&server).check().unwrap_err();
        assert!(matches!(error, BackendError::Secured { status: it, .. } if it == status));
        assert!(error.to_string().contains(&server.url), "{error}");
    }
}

#[test]
fn what_is_no_opensearch_is_named() {
    let elastic = r#"{"version":{"number":"8.1.0"},"tagline":"You Know, for Search"}"#;
    for (status, body, found) in [
        (200, elastic, "Elasticsearch 8.1.0"),
        (200, "<html>welcome</html>", "answered with 200: <html>welcome"),
        (404, "nope", "answered with 404: nope"),
        (503, ROOT, "answered with 503"),
    ] {
        let error = at(&Server::always(status, body)).check().unwrap_err();
        let BackendError::SomethingElse { what: "OpenSearch", .. } = &error else {
            panic!("{error:?}")
        };
        assert!(error.to_string().contains(found), "{error}");
    }
    let error = SearchDoor::open("http://127.0.0.1:1", None).unwrap().check().unwrap_err();
    assert!(matches!(error, BackendError::Unreachable { what: "OpenSearch", .. }), "{error:?}");
}
