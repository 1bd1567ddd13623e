//! One record, written from the pieces of its call and its session.

use crate::dice::scatter;
use crate::glyphs;

use super::agent::Agent;
use super::calls::Call;
use super::catalog::Kind;
use super::estate::Thing;
use super::template::{Scene, Template};

/// The failure of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Success,
    /// The call's own failure of this number.
    Fails(u8),
    /// Not allowed (0), or too often (1).
    General(u8),
}

/// What tells a record from every other one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ids {
    /// Root of the event id; different for every record of a plan.
    pub(super) event: (u64, u64),
    /// Root of the request id; the two copies of a cross-account call share it.
    pub(super) request: u64,
    pub(super) shared: Option<u64>,
}

const TLS: [&[u8]; 3] = [
    br#","tlsDetails":{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256","clientProvidedHostHeader":""#,
    br#","tlsDetails":{"tlsVersion":"TLSv1.2","cipherSuite":"ECDHE-RSA-AES128-GCM-SHA256","clientProvidedHostHeader":""#,
    br#","tlsDetails":{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256","clientProvidedHostHeader":""#,
];

/// Appends the record, without a line end.
pub(super) fn write(
    call: &Call,
    scene: &Scene<'_>,
    outcome: Outcome,
    ids: Ids,
    recipient: &str,
    out: &mut Vec<u8>,
) {
    let caller = scene.caller;
    out.extend_from_slice(&call.open);
    out.extend_from_slice(caller.identity.as_bytes());
    out.extend_from_slice(b",\"eventTime\":\"");
    glyphs::seconds(out, scene.at_s);
    out.extend_from_slice(&call.named);
    origin(call, scene, out);
    let failed = failure(call, scene, outcome, out);
    out.extend_from_slice(b",\"requestParameters\":");
    call.request.write(scene, out);
    out.extend_from_slice(b",\"responseElements\":");
    match (failed, call.service) {
        (false, _) => call.response.write(scene, out),
        (true, "signin") => out.extend_from_slice(br#"{"ConsoleLogin":"Failure"}"#),
        (true, _) => out.extend_from_slice(b"null"),
    }
    optional(b",\"additionalEventData\":", &call.additional, scene, out);
    if !matches!(call.kind, Kind::Service | Kind::SignIn) {
        out.extend_from_slice(b",\"requestID\":\"");
        if call.service == "s3" {
            glyphs::base32(out, ids.request, 16, glyphs::CAPS);
        } else {
            glyphs::uuid(out, scatter(ids.request), scatter(!ids.request));
        }
        out.push(b'"');
    }
    out.extend_from_slice(b",\"eventID\":\"");
    glyphs::uuid(out, ids.event.0, ids.event.1);
    let read_only: &[u8] =
        if call.read_only { b"\",\"readOnly\":true" } else { b"\",\"readOnly\":false" };
    out.extend_from_slice(read_only);
    optional(b",\"resources\":", &call.resources, scene, out);
    out.extend_from_slice(kind_text(call.kind));
    if call.service == "logs" {
        out.extend_from_slice(b",\"apiVersion\":\"20140328\"");
    }
    let management = !matches!(call.kind, Kind::Data | Kind::Network);
    let management: &[u8] = if management {
        b",\"managementEvent\":true,\"recipientAccountId\":\""
    } else {
        b",\"managementEvent\":false,\"recipientAccountId\":\""
    };
    out.extend_from_slice(management);
    out.extend_from_slice(recipient.as_bytes());
    out.push(b'"');
    tail(call, scene, ids, recipient, out);
}

/// What follows the recipient.
fn tail(call: &Call, scene: &Scene<'_>, ids: Ids, recipient: &str, out: &mut Vec<u8>) {
    if let Some(shared) = ids.shared {
        out.extend_from_slice(b",\"sharedEventID\":\"");
        glyphs::uuid(out, scatter(shared), scatter(!shared));
        out.push(b'"');
    }
    if call.kind == Kind::Network {
        out.extend_from_slice(b",\"vpcEndpointId\":\"");
        out.extend_from_slice(scene.estate.thing(Thing::Vpc, 5, scene.focus, 1));
        out.extend_from_slice(b"\",\"vpcEndpointAccountId\":\"");
        out.extend_from_slice(recipient.as_bytes());
        out.push(b'"');
    }
    optional(b",\"serviceEventDetails\":", &call.details, scene, out);
    let category: &[u8] = match call.kind {
        Kind::Data => b",\"eventCategory\":\"Data\"",
        Kind::Network => b",\"eventCategory\":\"NetworkActivity\"",
        _ => b",\"eventCategory\":\"Management\"",
    };
    out.extend_from_slice(category);
    let caller = scene.caller;
    if caller.console {
        if !matches!(call.kind, Kind::SignIn | Kind::Service) {
            out.extend_from_slice(b",\"sessionCredentialFromConsole\":\"true\"");
        }
    } else if !caller.invoked && !matches!(call.kind, Kind::Service | Kind::Console) {
        out.extend_from_slice(TLS[usize::from(caller.tls) % TLS.len()]);
        call.host.write(scene, out);
        out.push(b'"');
        if caller.tls == 2 {
            out.extend_from_slice(b",\"keyExchange\":\"x25519\"");
        }
        out.push(b'}');
    }
    out.push(b'}');
}

const fn kind_text(kind: Kind) -> &'static [u8] {
    match kind {
        Kind::Call | Kind::Data => b",\"eventType\":\"AwsApiCall\"",
        Kind::Network => b",\"eventType\":\"AwsVpceEvents\"",
        Kind::Service => b",\"eventType\":\"AwsServiceEvent\"",
        Kind::SignIn => b",\"eventType\":\"AwsConsoleSignIn\"",
        Kind::Console => b",\"eventType\":\"AwsConsoleAction\"",
    }
}

fn optional(name: &[u8], template: &Template, scene: &Scene<'_>, out: &mut Vec<u8>) {
    if !template.is_empty() {
        out.extend_from_slice(name);
        template.write(scene, out);
    }
}

/// The address and the agent, after `"sourceIPAddress":"`.
fn origin(call: &Call, scene: &Scene<'_>, out: &mut Vec<u8>) {
    let caller = scene.caller;
    // What a page of the console loads is called by its own servers.
    let proxied = caller.console && call.kind == Kind::Call && scene.focus & 3 != 0;
    if proxied {
        out.extend_from_slice(b"AWS Internal\",\"userAgent\":\"AWS Internal\"");
        return;
    }
    out.extend_from_slice(caller.address.as_bytes());
    out.extend_from_slice(b"\",\"userAgent\":\"");
    // S3 keeps the brackets that it reads the agent with.
    let brackets = call.service == "s3" && caller.agent != Agent::Service;
    if brackets {
        out.push(b'[');
    }
    match caller.agent {
        Agent::Service => out.extend_from_slice(caller.address.as_bytes()),
        Agent::Fixed(text) => out.extend_from_slice(text.as_bytes()),
        Agent::Cli(text) => {
            out.extend_from_slice(text.as_bytes());
            out.extend_from_slice(&call.command);
        }
        Agent::Sdk(text) => {
            out.extend_from_slice(text.as_bytes());
            out.extend_from_slice(&call.sdk);
        }
    }
    let end: &[u8] = if brackets { b"]\"" } else { b"\"" };
    out.extend_from_slice(end);
}

/// Writes how the call failed; false when it did not.
fn failure(call: &Call, scene: &Scene<'_>, outcome: Outcome, out: &mut Vec<u8>) -> bool {
    let failure = match outcome {
        Outcome::Success => None,
        Outcome::Fails(nth) => call.fails.get(usize::from(nth)),
        Outcome::General(nth) => call.general.get(usize::from(nth)),
    };
    let Some(failure) = failure else { return false };
    if !failure.code.is_empty() {
        out.extend_from_slice(b",\"errorCode\":\"");
        out.extend_from_slice(failure.code.as_bytes());
        out.push(b'"');
    }
    out.extend_from_slice(b",\"errorMessage\":\"");
    failure.message.write(scene, out);
    out.push(b'"');
    true
}
