//! A server at an URL.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::Arm;
use crate::answer::{Answer, Request};

/// A server at an URL; with OpenSearch, cases own the indices and templates named `conf-*`.
pub struct Server {
    name: &'static str,
    url: String,
    agent: ureq::Agent,
    sweeps: bool,
}

impl Server {
    /// An OpenSearch server. What is named `conf-*` there is removed before every case.
    #[must_use]
    pub fn opensearch(url: &str) -> Self {
        Self::new("opensearch", url, true)
    }

    /// A LocalStack or moto server.
    #[must_use]
    pub fn aws(name: &'static str, url: &str) -> Self {
        Self::new(name, url, false)
    }

    fn new(name: &'static str, url: &str, sweeps: bool) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(Duration::from_secs(120)))
            .build();
        let url = url.trim_end_matches('/').to_owned();
        Self { name, url, agent: config.new_agent(), sweeps }
    }

    /// Whether anything answers at this path with 200.
    #[must_use]
    pub fn answers(&self, path: &str) -> bool {
        let request = Request {
            method: "GET".to_owned(),
            target: path.to_owned(),
            host: String::new(),
            headers: Vec::new(),
            body: String::new(),
        };
        self.send(&request).is_ok_and(|answer| answer.status == 200)
    }

    fn send(&self, request: &Request) -> Result<Answer, String> {
        let mut built = http::Request::builder()
            .method(request.method.as_str())
            .uri(format!("{}{}", self.url, request.target));
        for (name, value) in &request.headers {
            built = built.header(name, value);
        }
        let told = |error: String| format!("{} {}: {error}", request.method, request.target);
        let response = if request.body.is_empty() {
            let request = built.body(()).map_err(|error| told(error.to_string()))?;
            self.agent.run(request)
        } else {
            let request = built.body(request.body.clone()).map_err(|e| told(e.to_string()))?;
            self.agent.run(request)
        };
        let mut response = response.map_err(|error| told(error.to_string()))?;
        let headers = response
            .headers()
            .iter()
            .map(|(name, value)| {
                (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())
            })
            .collect();
        let status = response.status().as_u16();
        let body = response.body_mut().read_to_vec().map_err(|error| told(error.to_string()))?;
        Ok(Answer::read(status, headers, &body))
    }
}

impl Arm for Server {
    fn name(&self) -> &'static str {
        self.name
    }

    fn begin(&mut self) -> Result<(), String> {
        if !self.sweeps {
            return Ok(());
        }
        for target in ["/conf-*", "/_index_template/conf-*", "/_template/conf-*"] {
            self.send(&Request {
                method: "DELETE".to_owned(),
                target: target.to_owned(),
                host: String::new(),
                headers: Vec::new(),
                body: String::new(),
            })?;
        }
        Ok(())
    }

    fn call(&mut self, request: &Request) -> Result<Answer, String> {
        self.send(request)
    }

    #[allow(clippy::disallowed_methods, reason = "a server outside lives on the machine's clock")]
    fn now_ms(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }

    #[allow(clippy::disallowed_methods, reason = "a server outside tells nobody when it is done")]
    fn pass_time(&mut self) {
        std::thread::sleep(Duration::from_millis(200));
    }

    fn run(&self) -> String {
        format!("{:x}", self.now_ms() % 0x100_0000)
    }
}
