//! Whom TLS trusts: the roots of the web, and the certificates of a file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};

use crate::backend::BackendError;

/// What `File` errors call it.
const WHAT: &str = "a bundle of certificates";

/// The configuration of TLS, with the certificates of a PEM file when one is named here or by
/// `AWS_CA_BUNDLE`.
pub(super) fn client_config(bundle: Option<&Path>) -> Result<Arc<ClientConfig>, BackendError> {
    let named = bundle.map(Path::to_owned).or_else(|| {
        std::env::var_os("AWS_CA_BUNDLE").filter(|it| !it.is_empty()).map(PathBuf::from)
    });
    let extra = named.as_deref().map(certificates).transpose()?.unwrap_or_default();
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    // One that cannot be a root is still trusted as itself; see `Exactly`.
    roots.add_parsable_certificates(extra.iter().cloned());
    let provider = Arc::new(ring::default_provider());
    let unusable = |error: &dyn std::error::Error| BackendError::File {
        path: named.as_deref().unwrap_or(Path::new("AWS_CA_BUNDLE")).display().to_string(),
        what: WHAT,
        why: error.to_string(),
    };
    let builder = ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .map_err(|error| unusable(&error))?;
    if extra.is_empty() {
        return Ok(Arc::new(builder.with_root_certificates(roots).with_no_client_auth()));
    }
    let by_roots = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider)
        .build()
        .map_err(|error| unusable(&error))?;
    let verifier = Arc::new(Exactly { certificates: extra, by_roots });
    let builder = builder.dangerous().with_custom_certificate_verifier(verifier);
    Ok(Arc::new(builder.with_no_client_auth()))
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, BackendError> {
    let bad =
        |why: String| BackendError::File { path: path.display().to_string(), what: WHAT, why };
    let pem = std::fs::read(path).map_err(|error| bad(error.to_string()))?;
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&pem).collect();
    let found = found.map_err(|error| bad(error.to_string()))?;
    if found.is_empty() {
        return Err(bad("it holds no PEM certificate".to_owned()));
    }
    Ok(found)
}

/// Trusts a server whose own certificate is in the file, and otherwise whom the roots vouch for.
///
/// What emulators sign for themselves is often marked as a CA, or names no host in the way that
/// web PKI wants, and as a root it would be refused. Whoever names the server's very certificate
/// has said whom they mean: the name and the dates in it add nothing, and that the server has the
/// key is still proved by the handshake's signature.
#[derive(Debug)]
struct Exactly {
    certificates: Vec<CertificateDer<'static>>,
    by_roots: Arc<WebPkiServerVerifier>,
}

impl ServerCertVerifier for Exactly {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        if self.certificates.iter().any(|it| it == end_entity) {
            return Ok(ServerCertVerified::assertion());
        }
        self.by_roots.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.by_roots.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.by_roots.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.by_roots.supported_verify_schemes()
    }
}
