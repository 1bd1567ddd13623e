//! A finding as the bus of the aggregating account shows it: the EventBridge envelope, and the
//! finding as its detail, with the keys in the order of the reference (1, 3, 6).

use std::fmt::Write as _;

use tributary_vocabulary::AccountId;

use crate::cloudtrail::estate::{Estate, Thing};
use crate::cloudtrail::{KALI, stolen_key};
use crate::dice::{Dice, scatter};
use crate::glyphs;
use crate::incidents::{Incident, Plot};
use crate::text;
use crate::world::{Instance, unique_id};

use super::far;
use super::kinds::{Act, KINDS, Kind, On};
use super::stock::Stock;

/// A finding that is open, and what has been told of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Finding {
    /// Number of its type.
    pub(super) kind: u16,
    pub(super) id: (u64, u64),
    /// The root of everything random about it.
    pub(super) key: u64,
    /// Which of the cell's things it is about.
    pub(super) thing: u32,
    pub(super) created_ms: i64,
    pub(super) first_s: i64,
    pub(super) count: u32,
    pub(super) plot: Option<u16>,
}

/// When a finding is told, and how often it was seen by then.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    pub(super) updated_ms: i64,
    pub(super) last_s: i64,
    /// The time of the envelope.
    pub(super) sent_s: i64,
    /// Root of the envelope's id.
    pub(super) envelope: (u64, u64),
}

/// Everything that a finding is written from.
pub(super) struct Scene<'a> {
    pub(super) finding: Finding,
    pub(super) moment: Moment,
    pub(super) estate: &'a Estate,
    pub(super) stock: &'a Stock,
    pub(super) plot: Option<&'a Plot>,
    pub(super) detector: &'a str,
    /// Who receives it.
    pub(super) receiver: AccountId,
}

/// Appends text and things in turn.
macro_rules! put {
    ($out:expr, $($part:expr),+ $(,)?) => {
        { $( $out.extend_from_slice($part.as_ref()); )+ }
    };
}
pub(super) use put;

/// Who did it, as far as the type names somebody.
pub(super) struct Principal {
    pub(super) key: String,
    pub(super) id: String,
    pub(super) kind: &'static str,
    pub(super) name: String,
}

impl Scene<'_> {
    pub(super) fn kind(&self) -> &'static Kind {
        &KINDS[usize::from(self.finding.kind)]
    }

    pub(super) fn account(&self) -> &str {
        self.estate.account.as_str()
    }

    pub(super) fn region(&self) -> &str {
        self.estate.region.as_str()
    }

    /// Chance that stays with the finding.
    pub(super) fn dice(&self, what: u64) -> Dice {
        Dice::at(self.finding.key, what, 0x9d)
    }

    /// The far end.
    pub(super) fn attacker(&self) -> u32 {
        match self.plot {
            Some(plot) => {
                let nth = self.finding.key as usize % plot.attacker.numbers.len().max(1);
                plot.attacker.numbers.get(nth).copied().unwrap_or(0)
            }
            None => far::address(self.finding.key),
        }
    }

    /// The instance that it is about.
    pub(super) fn instance(&self) -> Option<&Instance> {
        match self.plot {
            Some(plot) => Some(&plot.victim.instance),
            None => self
                .stock
                .instance(self.kind(), self.finding.thing)
                .or_else(|| self.stock.instances.first()),
        }
    }

    /// A thing of the cell, of these numbers in the estate.
    pub(super) fn thing(&self, numbers: &[u32], thing: Thing, facet: u8) -> &str {
        let nth = numbers.get(self.finding.thing as usize).copied().unwrap_or(self.finding.thing);
        self.estate.nth(thing, nth, facet)
    }

    /// Who called.
    pub(super) fn principal(&self) -> Principal {
        let kind = self.kind();
        let mut dice = self.dice(5);
        if kind.on == On::Root {
            let account = self.account().to_owned();
            let key = crate::world::key_id("ASIA", &mut dice);
            return Principal { key, id: account, kind: "Root", name: "Root".to_owned() };
        }
        let stolen = matches!(
            self.plot.map(|plot| plot.incident),
            Some(Incident::Exfiltration | Incident::CryptoMining)
        );
        if let (true, Some(instance)) = (kind.on == On::InstanceKey || stolen, self.instance()) {
            let key = match self.plot {
                Some(plot) => stolen_key(plot),
                None => crate::world::key_id("ASIA", &mut dice),
            };
            let id = format!("{}:{}", instance.role_id, instance.instance_id);
            return Principal { key, id, kind: "AssumedRole", name: instance.role_name.clone() };
        }
        let person = self.stock.people.get(self.finding.thing as usize);
        let person = self.plot.map(|plot| &*plot.person).or(person);
        match person {
            Some(person) => Principal {
                key: person.access_key.clone(),
                id: person.user_id.clone(),
                kind: "IAMUser",
                name: person.name.clone(),
            },
            None => {
                let role = dice.below(self.estate.count(Thing::Role));
                let id = self.estate.nth(Thing::Role, role, 1);
                Principal {
                    key: crate::world::key_id("ASIA", &mut dice),
                    id: format!("{id}:session-{:08x}", dice.next() as u32),
                    kind: "AssumedRole",
                    name: self.estate.nth(Thing::Role, role, 0).to_owned(),
                }
            }
        }
    }

    /// Appends the envelope, without a line end.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        put!(out, r#"{"version":"0","id":""#);
        glyphs::uuid(out, self.moment.envelope.0, self.moment.envelope.1);
        put!(out, r#"","detail-type":"GuardDuty Finding","source":"aws.guardduty","account":""#);
        put!(out, self.receiver.as_str(), r#"","time":""#);
        glyphs::seconds(out, self.moment.sent_s);
        put!(out, r#"","region":""#, self.region(), r#"","resources":[],"detail":"#);
        self.detail(out);
        out.push(b'}');
    }

    fn id(&self, out: &mut Vec<u8>) {
        let (high, low) = self.finding.id;
        text::hex(out, u128::from(high) << 64 | u128::from(low), 32);
    }

    fn detail(&self, out: &mut Vec<u8>) {
        let kind = self.kind();
        put!(out, r#"{"schemaVersion":"2.0","accountId":""#, self.account(), r#"","region":""#);
        put!(out, self.region(), r#"","partition":"aws","id":""#);
        self.id(out);
        put!(out, r#"","arn":"arn:aws:guardduty:"#, self.region(), ":", self.account());
        put!(out, ":detector/", self.detector, "/finding/");
        self.id(out);
        put!(out, r#"","type":""#, kind.name, r#"","resource":"#);
        self.resource(out);
        put!(out, r#","service":"#);
        self.service(out);
        put!(out, r#","severity":"#);
        text::number(out, u64::from(self.severity()));
        put!(out, r#","createdAt":""#);
        glyphs::millis(out, self.finding.created_ms);
        put!(out, r#"","updatedAt":""#);
        glyphs::millis(out, self.moment.updated_ms);
        put!(out, r#"","title":""#);
        self.say(kind.title, out);
        put!(out, r#"","description":""#);
        self.say(kind.title, out);
        put!(out, " ", meaning(kind.name), "\"}");
    }

    /// Probes of Elasticsearch are worse than others (reference, 4).
    fn severity(&self) -> u8 {
        let kind = self.kind();
        let worse = kind.act == Act::Probe && matches!(self.probed(), 9200 | 9300);
        if worse { 8 } else { kind.severity }
    }

    /// The port that is probed.
    pub(super) fn probed(&self) -> u16 {
        match self.plot {
            Some(_) => 443,
            None => *self.dice(6).pick(&[22, 80, 443, 8080, 3389, 21, 5432, 443, 80, 9200]),
        }
    }

    /// A sentence with its names filled in.
    fn say(&self, sentence: &str, out: &mut Vec<u8>) {
        let mut rest = sentence;
        while let Some((before, after)) = rest.split_once('{') {
            put!(out, before);
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            match name {
                "a" => text::address(out, self.attacker()),
                "u" => put!(out, self.principal().name),
                "p" => put!(out, self.kind().name.split(':').next().unwrap_or_default()),
                _ => self.subject(out),
            }
            rest = after;
        }
        put!(out, rest);
    }

    /// The resource in a sentence.
    fn subject(&self, out: &mut Vec<u8>) {
        let kind = self.kind();
        let stock = self.stock;
        match kind.on {
            On::Instance | On::InstanceKey => {
                let id = self.instance().map_or("", |it| it.instance_id.as_str());
                put!(out, "EC2 instance ", id);
            }
            On::Bucket | On::Object => put!(out, self.thing(&stock.buckets, Thing::Bucket, 0)),
            On::Rds => put!(out, self.thing(&stock.databases, Thing::Database, 0)),
            On::Lambda => {
                put!(out, "Lambda function ", self.thing(&stock.functions, Thing::Function, 0));
            }
            On::Sequence if kind.name.contains("S3") => {
                put!(out, self.thing(&stock.buckets, Thing::Bucket, 0));
            }
            On::Sequence if kind.name.contains("EC2") => {
                put!(out, self.instance().map_or("", |it| it.instance_id.as_str()));
            }
            _ => put!(out, self.thing(&stock.clusters, Thing::Cluster, 0)),
        }
    }

    fn service(&self, out: &mut Vec<u8>) {
        let kind = self.kind();
        put!(out, r#"{"serviceName":"guardduty","detectorId":""#, self.detector, "\"");
        if let Some(feature) = feature(kind) {
            put!(out, r#","featureName":""#, feature, "\"");
        }
        self.action(out);
        put!(out, r#","resourceRole":""#, if kind.actor { "ACTOR" } else { "TARGET" }, "\"");
        put!(out, r#","additionalInfo":"#);
        self.additional(out);
        put!(out, r#","evidence":"#);
        self.evidence(out);
        put!(out, r#","eventFirstSeen":""#);
        glyphs::millis(out, self.finding.first_s * 1_000);
        put!(out, r#"","eventLastSeen":""#);
        glyphs::millis(out, self.moment.last_s * 1_000);
        put!(out, r#"","archived":false,"count":"#);
        text::number(out, u64::from(self.finding.count));
        out.push(b'}');
    }

    fn evidence(&self, out: &mut Vec<u8>) {
        let name = self.kind().name;
        let list = if name.contains(".Custom") {
            "customer-threat-list"
        } else if name.contains("Tor") || name.contains("IPCaller") || name.contains("PortProbe") {
            "ProofPoint"
        } else if name.contains("C&C") || name.contains("Bitcoin") {
            "CrowdStrike"
        } else {
            put!(out, "null");
            return;
        };
        let threat = match name {
            _ if name.contains("Tor") => "Tor",
            _ if name.contains("Bitcoin") => "CryptoMiner",
            _ => "Scanner",
        };
        put!(out, r#"{"threatIntelligenceDetails":[{"threatListName":""#, list);
        put!(out, r#"","threatNames":[""#, threat, r#""]}]}"#);
    }

    /// The parsed keys, and the same as a text (reference, 3).
    fn additional(&self, out: &mut Vec<u8>) {
        let kind = self.kind();
        let mut parsed = String::new();
        let mut dice = self.dice(7);
        // Writing to a string cannot fail.
        let _ = match kind.act {
            Act::Probe => write!(parsed, r#""threatName":"Scanner","threatListName":"ProofPoint""#),
            Act::Dns(domain) => write!(parsed, r#""domain":"{domain}""#),
            Act::Out(port) if kind.name.contains("TrafficVolume") => {
                let bytes = u64::from(dice.between(40_000, 900_000)) * 4_096;
                write!(
                    parsed,
                    r#""outBytes":"{bytes}","inBytes":"{}","localPort":"{port}""#,
                    bytes / 90
                )
            }
            Act::Out(port) if kind.name.contains("PortUnusual") => {
                write!(
                    parsed,
                    r#""unusual":"{port}","localPort":"{}""#,
                    dice.between(32_768, 60_999)
                )
            }
            Act::Out(_) if kind.name.contains("Portscan") => write!(
                parsed,
                r#""portsScannedSample":[22,23,80,443,445,3306,3389,8080],"unusualProtocol":"TCP""#
            ),
            Act::Out(0) => write!(parsed, r#""unusualProtocol":"ICMP""#),
            Act::Api(call, service) if kind.name.contains("AnomalousBehavior") => write!(
                parsed,
                r#""userAgent":{{"fullUserAgent":"{KALI}","userAgentCategory":"AWS CLI"}},"anomalies":{{"anomalousAPIs":"{service}:[{call}:success]"}},"profiledBehavior":{{"rareProfiledAPIsAccountProfiling":"","frequentProfiledAPIsUserIdentityProfiling":"DescribeInstances , ListBuckets","numberOfHistoricalDailyAvgAPIsUserIdentity":"{}"}},"unusualBehavior":{{"unusualAPIsAccountProfiling":"{call}","unusualUserTypesAccountProfiling":"","isUnusualUserIdentity":"true"}}"#,
                dice.between(3, 400)
            ),
            Act::Api(call, _) => {
                let (first, last) = (self.finding.first_s, self.moment.last_s);
                write!(
                    parsed,
                    r#""apiCalls":[{{"name":"{call}","count":{},"firstSeen":{first},"lastSeen":{last}}}]"#,
                    self.finding.count
                )
            }
            _ => Ok(()),
        };
        put!(out, "{", parsed);
        if !parsed.is_empty() {
            put!(out, ",");
        }
        put!(out, r#""value":"{"#);
        for byte in parsed.bytes() {
            if byte == b'"' || byte == b'\\' {
                out.push(b'\\');
            }
            out.push(byte);
        }
        put!(out, r#"}","type":"default"}"#);
    }

    /// A unique id of IAM that stays with the finding.
    pub(super) fn unique(&self, prefix: &str, what: u64) -> String {
        unique_id(prefix, &mut self.dice(what))
    }

    /// Hexadecimal digits that stay with the finding.
    pub(super) fn hex(&self, what: u64, digits: usize, out: &mut Vec<u8>) {
        glyphs::hex(out, scatter(self.finding.key ^ what << 40), digits);
    }
}

/// The data that a type is found in.
fn feature(kind: &Kind) -> Option<&'static str> {
    Some(match (kind.act, kind.on) {
        (Act::Process(_), _) => "RuntimeMonitoring",
        (Act::File, _) => "EbsVolumeScan",
        (Act::Kube(..), _) => "EksAuditLogs",
        (Act::Login(_), _) => "RdsLoginEvents",
        (Act::Dns(_), _) => "DnsLogs",
        (Act::Api(..), On::Bucket) => "S3DataEvents",
        (Act::Api(..), _) => "CloudTrail",
        (Act::In(_) | Act::Out(_) | Act::OutUdp(_) | Act::Probe, _) => "FlowLogs",
        (Act::Sequence, _) => return None,
    })
}

/// What a purpose means, as the end of a description.
fn meaning(name: &str) -> &'static str {
    match name.split(':').next().unwrap_or_default() {
        "Recon" | "Discovery" => "Such activity is commonly associated with reconnaissance.",
        "UnauthorizedAccess" | "InitialAccess" => {
            "This may indicate unauthorized access to your resources."
        }
        "CryptoCurrency" => {
            "This may indicate that the resource is used to mine without your knowledge."
        }
        "Backdoor" | "Trojan" => "This may indicate that the resource is compromised.",
        "Policy" | "Stealth" | "DefenseEvasion" => {
            "This change weakens the security of your account."
        }
        "Exfiltration" | "Impact" => {
            "This may indicate an attempt to steal, change or destroy data."
        }
        "AttackSequence" => "Several signals that were seen within a day belong together.",
        _ => "Review the activity and the credentials that were used.",
    }
}
