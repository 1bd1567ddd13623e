//! The emulator, through [`World::handle`].

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde_json::Value;
use tributary_emulator::{WireRequest, World, WorldConfig};

use super::Arm;
use crate::answer::{Answer, Request};
use crate::aws;
use crate::case::Step;
use crate::variables::Variables;

/// A new world for every case.
pub struct Embedded {
    world: World,
}

impl Default for Embedded {
    fn default() -> Self {
        Self { world: World::new(WorldConfig::default()) }
    }
}

impl Embedded {
    fn send(&mut self, request: &Request) -> Answer {
        // Time goes on a little with every request, as it does for a client.
        let now = self.world.now().plus_ms(10);
        let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
        let mut headers = HeaderMap::new();
        for (name, value) in &request.headers {
            if let (Ok(name), Ok(value)) =
                (name.parse::<HeaderName>(), HeaderValue::from_str(value))
            {
                headers.append(name, value);
            }
        }
        let wire = WireRequest {
            method: request.method.parse().unwrap_or(Method::GET),
            host: request.host.clone(),
            path: path.to_owned(),
            query: query.to_owned(),
            headers,
            body: Bytes::from(request.body.clone()),
        };
        let response = self.world.handle(now, &wire);
        let headers = response
            .headers
            .iter()
            .map(|(name, value)| {
                (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())
            })
            .collect();
        Answer::read(response.status.as_u16(), headers, &response.body)
    }
}

impl Arm for Embedded {
    fn name(&self) -> &'static str {
        "embedded"
    }

    fn begin(&mut self) -> Result<(), String> {
        *self = Self::default();
        Ok(())
    }

    fn call(&mut self, request: &Request) -> Result<Answer, String> {
        Ok(self.send(request))
    }

    fn now_ms(&self) -> i64 {
        self.world.now().ms()
    }

    fn pass_time(&mut self) {
        let soon = self.world.now().plus_ms(1_000);
        let next = self.world.next_deadline().map_or(soon, |next| next.max(soon));
        self.world.advance(next);
    }

    fn run(&self) -> String {
        "0".to_owned()
    }
}

/// The data plane of a domain in a new world for every case.
#[derive(Default)]
pub struct EmbeddedDomain {
    embedded: Embedded,
    host: String,
}

impl EmbeddedDomain {
    fn create(&mut self) -> Result<String, String> {
        let mut created = self.control("POST", "/2021-01-01/opensearch/domain", NEW_DOMAIN);
        for _ in 0..100 {
            let endpoint = created.body.pointer("/DomainStatus/Endpoint").and_then(Value::as_str);
            if let Some(endpoint) = endpoint {
                return Ok(endpoint.to_owned());
            }
            self.embedded.pass_time();
            created = self.control("GET", "/2021-01-01/opensearch/domain/cases", "");
        }
        Err(format!("the domain does not come up: {:?}", created.body))
    }

    fn control(&mut self, method: &str, target: &str, body: &str) -> Answer {
        self.embedded.send(&signed(method, target, "es.us-east-1.amazonaws.com", body))
    }
}

const NEW_DOMAIN: &str = r#"{"DomainName":"cases"}"#;

/// A request with the credential of the cases' account for the service of domains.
fn signed(method: &str, target: &str, host: &str, body: &str) -> Request {
    let step = Step {
        wait: false,
        line: "s3:GET /".to_owned(),
        headers: Vec::new(),
        body: String::new(),
        expected: None,
    };
    let mut request = aws::request(&step, &Variables::default()).unwrap_or_else(|_| Request {
        method: String::new(),
        target: String::new(),
        host: String::new(),
        headers: Vec::new(),
        body: String::new(),
    });
    for (_, value) in &mut request.headers {
        *value = value.replace("/s3/", "/es/");
    }
    method.clone_into(&mut request.method);
    target.clone_into(&mut request.target);
    host.clone_into(&mut request.host);
    body.clone_into(&mut request.body);
    request
}

impl Arm for EmbeddedDomain {
    fn name(&self) -> &'static str {
        "embedded"
    }

    fn begin(&mut self) -> Result<(), String> {
        self.embedded.begin()?;
        self.host = self.create()?;
        Ok(())
    }

    fn call(&mut self, request: &Request) -> Result<Answer, String> {
        let mut sent = signed(&request.method, &request.target, &self.host, &request.body);
        sent.headers.extend(request.headers.clone());
        Ok(self.embedded.send(&sent))
    }

    fn now_ms(&self) -> i64 {
        self.embedded.now_ms()
    }

    fn pass_time(&mut self) {
        self.embedded.pass_time();
    }

    fn run(&self) -> String {
        "0".to_owned()
    }
}
