//! HTTPS, trusted and not.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use http::Request;

use super::super::error::Trouble;
use super::server::Server;
use super::{AwsDoor, region};
use crate::backend::{BackendError, Endpoint};

const OWN: (&[u8], &[u8]) = (include_bytes!("tls/own.pem"), include_bytes!("tls/own.key"));
const SIGNED: (&[u8], &[u8]) = (include_bytes!("tls/signed.pem"), include_bytes!("tls/signed.key"));

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/door/http/tests/tls").join(name)
}

/// What a GET gives that trusts the certificates of this file.
fn get(server: &Server, bundle: Option<PathBuf>) -> Result<Bytes, BackendError> {
    let endpoint = Endpoint { ca_bundle: bundle, ..Endpoint::at(&server.url) };
    let door = AwsDoor::open(&endpoint, &region())?;
    let request = Request::get(&server.url).body(Bytes::new()).unwrap();
    Ok(door.send(request)?.into_body())
}

#[test]
fn a_servers_own_certificate_is_trusted_when_it_is_named() {
    let server = Server::tls(OWN.0, OWN.1);
    assert_eq!(get(&server, Some(file("own.pem"))).unwrap(), "secret");
}

#[test]
fn what_a_named_root_signed_is_trusted() {
    let server = Server::tls(SIGNED.0, SIGNED.1);
    assert_eq!(get(&server, Some(file("ca.pem"))).unwrap(), "secret");
}

#[test]
fn other_certificates_are_not_trusted() {
    let own = Server::tls(OWN.0, OWN.1);
    let signed = Server::tls(SIGNED.0, SIGNED.1);
    for (server, bundle) in
        [(&own, None), (&own, Some("ca.pem")), (&signed, None), (&signed, Some("own.pem"))]
    {
        let error = get(server, bundle.map(file)).unwrap_err();
        assert!(matches!(error, BackendError::Certificate { .. }), "{error:?}");
        let text = error.to_string();
        assert!(text.contains(&server.url) && text.contains("--ca-bundle"), "{text}");
    }
}

#[test]
fn a_root_is_trusted_for_the_names_that_it_signed_only() {
    let mut server = Server::tls(SIGNED.0, SIGNED.1);
    // The certificate names the address, and not this name of it.
    server.url = server.url.replace("127.0.0.1", "localhost");
    let error = get(&server, Some(file("ca.pem"))).unwrap_err();
    assert!(matches!(error, BackendError::Certificate { .. }), "{error:?}");
}

#[test]
fn a_bundle_that_is_none_is_told() {
    let server = Server::always(200, "");
    for name in ["missing.pem", "README.md", "own.key"] {
        let error = get(&server, Some(file(name))).unwrap_err();
        assert!(matches!(error, BackendError::File { .. }), "{error:?}");
        assert!(error.to_string().contains(name), "{error}");
    }
}

#[test]
fn plain_http_behind_https_is_told() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 4096]);
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n").unwrap();
    });
    let door = AwsDoor::open(&Endpoint::at(&url), &region()).unwrap();
    let error = door.send(Request::get(&url).body(Bytes::new()).unwrap()).unwrap_err();
    assert_eq!(error.trouble, Trouble::Tls, "{error}");
    let error = BackendError::from(error).to_string();
    assert!(error.contains("TLS failed"), "{error}");
}
