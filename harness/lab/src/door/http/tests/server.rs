//! A small HTTP server, in the clear or in TLS.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// A request as it arrived.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub(super) line: String,
    headers: Vec<(String, String)>,
    pub(super) body: String,
    /// Which connection it came by, counted from 0.
    pub(super) connection: usize,
}

impl Seen {
    pub(super) fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(it, _)| it.eq_ignore_ascii_case(name));
        found.map_or("", |(_, value)| value)
    }

    /// The access key of its signature.
    pub(super) fn access_key(&self) -> &str {
        let signature = self.header("authorization");
        let rest = signature.split_once("Credential=").map_or("", |(_, rest)| rest);
        rest.split('/').next().unwrap()
    }
}

/// What a server answers: status and body; `None` is silence.
type Answer = Option<(u16, String)>;

/// A server on a free port, until the process ends.
pub(super) struct Server {
    pub(super) url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Server {
    pub(super) fn start(answer: impl Fn(&Seen) -> Answer + Send + Sync + 'static) -> Self {
        Self::run("http", None, Arc::new(answer))
    }

    pub(super) fn always(status: u16, body: &str) -> Self {
        let body = body.to_owned();
        Self::start(move |_| Some((status, body.clone())))
    }

    /// In TLS, with a certificate of this folder.
    pub(super) fn tls(certificate: &[u8], key: &[u8]) -> Self {
        let chain = CertificateDer::pem_slice_iter(certificate).collect::<Result<_, _>>().unwrap();
        let key = PrivateKeyDer::from_pem_slice(key).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .unwrap();
        let answer = Arc::new(|_: &Seen| Some((200, "secret".to_owned())));
        Self::run("https", Some(Arc::new(config)), answer)
    }

    pub(super) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// The one request that came.
    pub(super) fn only(&self) -> Seen {
        let seen = self.seen();
        assert_eq!(seen.len(), 1, "{seen:?}");
        seen[0].clone()
    }

    fn run(
        scheme: &str,
        tls: Option<Arc<ServerConfig>>,
        answer: Arc<impl Fn(&Seen) -> Answer + Send + Sync + 'static>,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("{scheme}://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let book = seen.clone();
        std::thread::spawn(move || {
            for (connection, stream) in listener.incoming().enumerate() {
                let (stream, tls) = (stream.unwrap(), tls.clone());
                let (book, answer) = (book.clone(), answer.clone());
                std::thread::spawn(move || match tls {
                    Some(config) => {
                        let tls = ServerConnection::new(config).unwrap();
                        serve(StreamOwned::new(tls, stream), connection, &book, &*answer);
                    }
                    None => serve::<TcpStream>(stream, connection, &book, &*answer),
                });
            }
        });
        Self { url, seen }
    }
}

/// Serves one connection until the other side has had enough.
fn serve<S: Read + Write>(
    stream: S,
    connection: usize,
    book: &Mutex<Vec<Seen>>,
    answer: &dyn Fn(&Seen) -> Answer,
) {
    let mut stream = BufReader::new(stream);
    while let Some(seen) = read(&mut stream, connection) {
        book.lock().unwrap().push(seen.clone());
        let Some((status, body)) = answer(&seen) else {
            let _ = stream.read(&mut [0]);
            return;
        };
        let length = body.len();
        let body = if seen.line.starts_with("HEAD") { String::new() } else { body };
        let head = format!("HTTP/1.1 {status} Said\r\nContent-Length: {length}\r\n\r\n{body}");
        let stream = stream.get_mut();
        if stream.write_all(head.as_bytes()).and_then(|()| stream.flush()).is_err() {
            return;
        }
    }
}

fn read(stream: &mut impl BufRead, connection: usize) -> Option<Seen> {
    let mut line = || {
        let mut line = String::new();
        stream.read_line(&mut line).ok().filter(|length| *length > 0)?;
        Some(line.trim_end().to_owned())
    };
    let first = line()?;
    let mut headers = Vec::new();
    while let Some((name, value)) = line()?.split_once(": ") {
        headers.push((name.to_owned(), value.to_owned()));
    }
    let mut seen = Seen { line: first, headers, body: String::new(), connection };
    let mut body = vec![0; seen.header("content-length").parse().unwrap_or(0)];
    stream.read_exact(&mut body).ok()?;
    seen.body = String::from_utf8_lossy(&body).into_owned();
    Some(seen)
}
