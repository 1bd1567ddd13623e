//! What is done in sample findings (guardduty reference, §3).

use serde_json::{Value, json};

use crate::guardduty::kinds::Kind;

/// Whether the request is one for a name.
fn is_dns(kind: Kind) -> bool {
    kind.name.ends_with("!DNS")
        || kind.family().contains("DomainRequest")
        || kind.family().contains("DNSDataExfiltration")
        || kind.family().contains("MetadataDNSRebind")
}

/// Whether the resource does the suspect thing or suffers it.
pub(super) fn role(kind: Kind) -> &'static str {
    let family = kind.family();
    let suffers = ["PortProbe", "BruteForce", "MaliciousIPCaller", "AnomalousBehavior"]
        .iter()
        .any(|word| family.contains(word));
    let acts = matches!(kind.resource(), "EC2" | "Lambda" | "Runtime");
    if suffers || !acts { "TARGET" } else { "ACTOR" }
}

/// What is known of the threat.
pub(super) fn evidence(kind: Kind) -> Value {
    let listed = ["MaliciousIP", "MaliciousDomain", "Tor", "C&C", "Bitcoin", "DropPoint"];
    if !listed.iter().any(|word| kind.family().contains(word)) {
        return Value::Null;
    }
    json!({
        "threatIntelligenceDetails": [{
            "threatListName": "GeneratedFindingThreatListName",
            "threatNames": ["GeneratedFindingThreatName"],
        }],
    })
}

/// The members of `service` that tell what is done.
pub(super) fn of(kind: Kind) -> Vec<(&'static str, Value)> {
    if kind.purpose() == "AttackSequence" {
        return vec![("detection", sequence(kind))];
    }
    let family = kind.family();
    if family.contains("MaliciousFile") || family.contains("SuspiciousFile") {
        return if kind.resource() == "Runtime" { vec![runtime()] } else { vec![scan(kind)] };
    }
    let action = match kind.resource() {
        "IAMUser" | "S3" => api_call(kind),
        "Kubernetes" => kubernetes_call(),
        "RDS" => login(),
        "Runtime" if is_dns(kind) => return vec![("action", dns()), runtime()],
        "Runtime" => return vec![runtime()],
        _ if is_dns(kind) => dns(),
        _ if family.starts_with("PortProbe") => port_probe(),
        _ => connection(kind),
    };
    vec![("action", action)]
}

fn remote() -> Value {
    json!({
        "ipAddressV4": "198.51.100.0",
        "organization": {
            "asn": "-1",
            "asnOrg": "GeneratedFindingASNOrg",
            "isp": "GeneratedFindingISP",
            "org": "GeneratedFindingORG",
        },
        "country": { "countryName": "GeneratedFindingCountryName" },
        "city": { "cityName": "GeneratedFindingCityName" },
        "geoLocation": { "lat": 0.0, "lon": 0.0 },
    })
}

fn connection(kind: Kind) -> Value {
    let (port, name) = match kind.family() {
        "SSHBruteForce" => (22, "SSH"),
        "RDPBruteForce" => (3389, "RDP"),
        "WinRMBruteForce" => (5985, "Unknown"),
        family if family.ends_with(".Dns") => (53, "DNS"),
        _ => (80, "HTTP"),
    };
    let inbound = role(kind) == "TARGET";
    let own = json!({ "port": port, "portName": name });
    let other = json!({ "port": 39_677, "portName": "Unknown" });
    let (local, remote_port) = if inbound { (own, other) } else { (other, own) };
    json!({
        "actionType": "NETWORK_CONNECTION",
        "networkConnectionAction": {
            "connectionDirection": if inbound { "INBOUND" } else { "OUTBOUND" },
            "localIpDetails": { "ipAddressV4": "10.0.0.23" },
            "remoteIpDetails": remote(),
            "remotePortDetails": remote_port,
            "localPortDetails": local,
            "protocol": if kind.family().contains("Udp") { "UDP" } else { "TCP" },
            "blocked": false,
        },
    })
}

fn port_probe() -> Value {
    json!({
        "actionType": "PORT_PROBE",
        "portProbeAction": {
            "portProbeDetails": [{
                "localPortDetails": { "port": 80, "portName": "HTTP" },
                "localIpDetails": { "ipAddressV4": "10.0.0.23" },
                "remoteIpDetails": remote(),
            }],
            "blocked": false,
        },
    })
}

fn dns() -> Value {
    json!({
        "actionType": "DNS_REQUEST",
        "dnsRequestAction": {
            "domain": "GeneratedFindingDomainName",
            "protocol": "UDP",
            "blocked": false,
        },
    })
}

fn api_call(kind: Kind) -> Value {
    let is_s3 = kind.resource() == "S3";
    json!({
        "actionType": "AWS_API_CALL",
        "awsApiCallAction": {
            "api": "GeneratedFindingAPIName",
            "serviceName": if is_s3 { "s3.amazonaws.com" } else { "GeneratedFindingAPIServiceName" },
            "callerType": "Remote IP",
            "remoteIpDetails": remote(),
            "affectedResources":
                if is_s3 { json!({ "AWS::S3::Bucket": "bucketName" }) } else { json!({}) },
        },
    })
}

fn kubernetes_call() -> Value {
    json!({
        "actionType": "KUBERNETES_API_CALL",
        "kubernetesApiCallAction": {
            "requestUri": "GeneratedFindingRequestURI",
            "verb": "GeneratedFindingVerb",
            "sourceIPs": ["198.51.100.0"],
            "userAgent": "",
            "remoteIpDetails": remote(),
            "statusCode": 200,
            "parameters": null,
        },
    })
}

fn login() -> Value {
    json!({
        "actionType": "RDS_LOGIN_ATTEMPT",
        "rdsLoginAttemptAction": {
            "remoteIpDetails": remote(),
            "LoginAttributes": [{
                "user": "GeneratedFindingUserName",
                "application": "GeneratedFindingApplicationName",
                "failedLoginAttempts": 1,
                "successfulLoginAttempts": 1,
            }],
        },
    })
}

fn runtime() -> (&'static str, Value) {
    let details = json!({
        "process": {
            "name": "GeneratedFindingProcessName",
            "executablePath": "GeneratedFindingProcessExecutablePath",
            "executableSha256": "GeneratedFindingProcessExecutableSha256",
            "namespacePid": 123,
            "pid": 1_234,
            "uuid": "GeneratedFindingProcessUUID",
            "parentUuid": "GeneratedFindingProcessParentUUID",
            "pwd": "GeneratedFindingProcessPWD",
            "startTime": 1_661_990_400.0,
            "user": "GeneratedFindingUserName",
            "userId": 0,
            "euid": 0,
            "lineage": [],
        },
        "context": null,
    });
    ("runtimeDetails", details)
}

fn scan(kind: Kind) -> (&'static str, Value) {
    let threats = json!([{
        "name": "EICAR-Test-File",
        "severity": "HIGH",
        "itemCount": 1,
        "filePaths": [{ "fileName": "GeneratedFindingFileName", "hash": "GeneratedFindingHash" }],
    }]);
    if kind.resource() == "S3" {
        return ("malwareScanDetails", json!({ "threats": threats }));
    }
    let details = json!({
        "scanId": "GeneratedFindingScanId",
        "scanStartedAt": 1_658_000_000.0,
        "scanCompletedAt": 1_658_000_600.0,
        "triggerFindingId": "GeneratedFindingTriggerFindingId",
        "sources": ["Bitdefender"],
        "scanDetections": {
            "scannedItemCount": { "totalGb": 1, "files": 2, "volumes": 1 },
            "threatsDetectedItemCount": { "files": 1 },
            "highestSeverityThreatDetails": { "severity": "HIGH", "threatName": "EICAR-Test-File", "count": 1 },
            "threatDetectedByName": { "itemCount": 1, "uniqueThreatNameCount": 1, "shortened": false, "threatNames": threats },
        },
    });
    ("ebsVolumeScanDetails", details)
}

fn sequence(kind: Kind) -> Value {
    json!({
        "sequence": {
            "uid": "GeneratedFindingSequenceUID",
            "description": format!("A sample of {}.", kind.name),
            "signals": [{
                "uid": "GeneratedFindingSignalUID",
                "type": "FINDING",
                "name": "GeneratedFindingSignalName",
                "severity": kind.severity,
                "count": 1,
                "resourceUids": ["GeneratedFindingResourceUID"],
                "actorIds": ["GeneratedFindingActorID"],
                "endpointIds": ["GeneratedFindingEndpointID"],
                "signalIndicators": [],
            }],
            "actors": [],
            "resources": [],
            "endpoints": [],
            "sequenceIndicators": [],
        },
    })
}
