//! Answers of a tiny server, word for word those of the real ones.

use super::*;
use crate::backend::Endpoint;
use crate::backend::testing::{nobody, serve};
use tributary_vocabulary::Region;

fn ask(url: &str) -> Result<EndpointKind, BackendError> {
    let region: Region = "us-east-1".parse().unwrap();
    identify(&AwsDoor::open(&Endpoint::at(url), &region).unwrap())
}

const NO_BUCKET: &str = "<?xml version=\"1.0\"?>\n<Error><Code>NoSuchBucket</Code></Error>";
const MISSING_TOKEN: &str = "{\"__type\":\"MissingAuthenticationTokenException\",\"message\":\"Missing Authentication Token\"}";

#[test]
fn localstack_tells_its_version_and_edition() {
    const COMMUNITY: &str = "{\"services\": {\"s3\": \"available\"}, \"edition\": \"community\", \"version\": \"4.14.0\"}";
    const PRO: &str =
        "{\"services\": {\"s3\": \"available\"}, \"edition\": \"pro\", \"version\": \"2026.3.0\"}";
    let url = serve(&[("GET /_localstack/health ", 200, "x-localstack: true\r\n", COMMUNITY)]);
    assert_eq!(ask(&url).unwrap().title(), "LocalStack 4.14.0");
    // Behind a proxy that drops its header.
    let url = serve(&[
        ("GET /_localstack/health ", 200, "", COMMUNITY),
        ("", 404, "server: TwistedWeb/26.4.0\r\n", NO_BUCKET),
    ]);
    assert_eq!(ask(&url).unwrap().title(), "LocalStack 4.14.0");
    let url = serve(&[("GET /_localstack/health ", 200, "x-localstack: true\r\n", PRO)]);
    assert_eq!(ask(&url).unwrap().title(), "LocalStack 2026.3.0 (pro)");
}

#[test]
fn another_tributary_is_known_although_it_has_the_health_page_of_localstack() {
    const SHAPE: &str =
        "{\"services\": {\"s3\": \"running\"}, \"edition\": \"community\", \"version\": \"4.0\"}";
    let url = serve(&[
        ("GET /_localstack/health ", 200, "", SHAPE),
        ("GET /_tributary/health ", 200, "", "{\"version\": \"0.1.0\"}"),
        ("", 404, "", ""),
    ]);
    assert_eq!(ask(&url).unwrap().title(), "Tributary 0.1.0");
}

#[test]
fn moto_and_kinesis_local_are_known_by_their_answers() {
    let url = serve(&[
        ("GET /moto-api/data.json ", 500, "", "<title>500 Internal Server Error</title>"),
        ("GET /moto-api/ ", 200, "", "<title>Moto</title>"),
        ("", 404, "Server: Werkzeug/3.1.9\r\nserver: amazon.com\r\n", NO_BUCKET),
    ]);
    assert_eq!(ask(&url).unwrap(), EndpointKind::Moto);
    let url = serve(&[
        ("GET /healthcheck ", 200, "", ""),
        ("POST / ", 400, "x-amzn-RequestId: 1\r\nx-amz-id-2: 2\r\n", MISSING_TOKEN),
        ("", 404, "content-type: text/plain; charset=UTF-8\r\n", "Not found"),
    ]);
    assert_eq!(ask(&url).unwrap(), EndpointKind::KinesisLocal);
}

#[test]
fn what_answers_calls_of_aws_without_its_name_is_unknown() {
    let url = serve(&[
        ("POST / ", 200, "server: nobody/1.0\r\n", "{\"StreamNames\":[],\"HasMoreStreams\":false}"),
        ("", 404, "", ""),
    ]);
    assert_eq!(ask(&url).unwrap().title(), "an unknown AWS endpoint (nobody/1.0)");
    const LIGHT: &str = "{\"services\": {}, \"edition\": \"light\", \"version\": \"3.0\"}";
    let url = serve(&[("GET /_localstack/health ", 200, "", LIGHT), ("", 404, "", NO_BUCKET)]);
    assert_eq!(ask(&url).unwrap().title(), "an unknown AWS endpoint (light 3.0)");
    let url =
        serve(&[("POST / ", 400, "x-amzn-requestid: 1\r\n", MISSING_TOKEN), ("", 404, "", "")]);
    let title = ask(&url).unwrap().title();
    assert_eq!(title, "an unknown AWS endpoint (it does not say what it is)");
}

#[test]
fn aws_under_another_name_is_aws() {
    let moved = "server: AmazonS3\r\nlocation: https://aws.amazon.com/s3/\r\n";
    let url = serve(Box::leak(Box::new([("GET / ", 307, moved, ""), ("", 403, "", "")])));
    assert_eq!(ask(&url).unwrap(), EndpointKind::Aws);
}

#[test]
fn something_else_is_told_with_what_it_is() {
    const SEARCH: &str = "{\"version\": {\"distribution\": \"opensearch\", \"number\": \"3.8.0\"}, \"tagline\": \"x\"}";
    let sentence = |routes| ask(&serve(routes)).unwrap_err().to_string();
    let told = sentence(&[("GET / ", 200, "", SEARCH), ("", 404, "", "{\"error\": \"no\"}")]);
    assert!(told.contains("it answers as OpenSearch 3.8.0; name it with --opensearch"), "{told}");
    let told = sentence(&[("", 200, "server: nginx/1.27\r\n", "<h1>Welcome to\n nginx!</h1>")]);
    assert!(told.contains("answered with 200 by nginx/1.27: <h1>Welcome to nginx!</h1>"), "{told}");
    let url = nobody();
    let error = ask(&url).unwrap_err();
    assert!(matches!(error, BackendError::Unreachable { .. }), "{error}");
    assert!(error.to_string().starts_with(&format!("AWS endpoint at {url} does not answer")));
}
