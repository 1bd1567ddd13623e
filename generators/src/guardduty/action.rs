//! What happened: exactly one action, of the kind that the type demands (GuardDuty reference, 3).

use crate::cloudtrail::KALI;
use crate::cloudtrail::estate::Thing;
use crate::glyphs;
use crate::incidents::Incident;
use crate::text;

use super::far;
use super::finding::{Scene, put};
use super::kinds::{Act, On};

impl Scene<'_> {
    /// Appends `,"action":{…}`, or what stands in its place.
    pub(super) fn action(&self, out: &mut Vec<u8>) {
        match self.kind().act {
            Act::In(port) => self.connection(true, port, "TCP", out),
            Act::Out(0) => self.connection(false, 0, "ICMP", out),
            Act::Out(port) => self.connection(false, self.plot_port(port), "TCP", out),
            Act::OutUdp(port) => self.connection(false, port, "UDP", out),
            Act::Probe => self.probe(out),
            Act::Dns(domain) => put!(
                out,
                r#","action":{"actionType":"DNS_REQUEST","dnsRequestAction":{"domain":""#,
                domain,
                r#"","protocol":"UDP","blocked":false,"domainWithSuffix":""#,
                domain,
                r#""}}"#
            ),
            Act::Api(call, service) => self.call(call, service, out),
            Act::Kube(verb, resource) => self.kubernetes(verb, resource, out),
            Act::Login(success) => self.login(success, out),
            Act::Process(name) => self.process(name, out),
            Act::File => put!(
                out,
                r#","ebsVolumeScanDetails":{"scanId":""#,
                self.unique("scan-", 20),
                r#"","scanDetections":{"highestSeverityThreatDetails":{"severity":"HIGH","threatName":"EICAR-Test-File","count":1}}}"#
            ),
            Act::Sequence => self.sequence(out),
        }
    }

    fn plot_port(&self, port: u16) -> u16 {
        match self.plot {
            Some(plot) if plot.attacker.port > 0 => plot.attacker.port,
            _ => port,
        }
    }

    /// Address, network and place of the far end.
    fn far_end(&self, out: &mut Vec<u8>) {
        let address = self.attacker();
        put!(out, r#""remoteIpDetails":{"ipAddressV4":""#);
        text::address(out, address);
        put!(out, "\",", far::network_of(address), "}");
    }

    fn local_address(&self) -> &str {
        self.instance().map_or("10.0.0.4", |it| it.private_address.as_str())
    }

    fn connection(&self, inbound: bool, port: u16, protocol: &str, out: &mut Vec<u8>) {
        let high = u64::from(self.dice(21).between(32_768, 60_999));
        let port_text = |out: &mut Vec<u8>, name: &str, number: u64| {
            put!(out, ",\"", name, r#"":{"port":"#);
            text::number(out, number);
            let known = u16::try_from(number).map_or("Unknown", far::port_name);
            put!(out, r#","portName":""#, known, "\"}");
        };
        let direction = if inbound { "INBOUND" } else { "OUTBOUND" };
        put!(
            out,
            r#","action":{"actionType":"NETWORK_CONNECTION","networkConnectionAction":{"connectionDirection":""#
        );
        let local = if self.kind().on == On::Lambda { "10.0.48.17" } else { self.local_address() };
        put!(out, direction, r#"","localIpDetails":{"ipAddressV4":""#, local, "\"},");
        self.far_end(out);
        let (near, far) = if inbound { (u64::from(port), high) } else { (high, u64::from(port)) };
        port_text(out, "remotePortDetails", far);
        port_text(out, "localPortDetails", near);
        put!(out, r#","protocol":""#, protocol, r#"","blocked":false}}"#);
    }

    fn probe(&self, out: &mut Vec<u8>) {
        let port = self.probed();
        put!(
            out,
            r#","action":{"actionType":"PORT_PROBE","portProbeAction":{"portProbeDetails":[{"localPortDetails":{"port":"#
        );
        text::number(out, u64::from(port));
        put!(
            out,
            r#","portName":""#,
            far::port_name(port),
            r#""},"localIpDetails":{"ipAddressV4":""#
        );
        put!(out, self.local_address(), "\"},");
        self.far_end(out);
        put!(out, r#"}],"blocked":false}}"#);
    }

    fn call(&self, call: &str, service: &str, out: &mut Vec<u8>) {
        let (call, service) = match self.plot.map(|plot| plot.incident) {
            Some(Incident::LeakedKey) if call == "CreateAccessKey" => (call, service),
            Some(Incident::LeakedKey) => ("ListUsers", "iam.amazonaws.com"),
            _ => (call, service),
        };
        put!(out, r#","action":{"actionType":"AWS_API_CALL","awsApiCallAction":{"api":""#, call);
        put!(out, r#"","serviceName":""#, service, r#"","callerType":"Remote IP","#);
        if self.kind().name.contains("PenTest") || self.plot.is_some() {
            put!(out, r#""userAgent":""#, KALI, "\",");
        }
        self.far_end(out);
        put!(
            out,
            r#","remoteAccountDetails":{"accountId":""#,
            self.account(),
            r#"","affiliated":true},"affectedResources":{"#
        );
        if self.kind().on == On::Bucket {
            put!(
                out,
                r#""AWS::S3::Bucket":""#,
                self.thing(&self.stock.buckets, Thing::Bucket, 0),
                "\""
            );
        }
        put!(out, "}}}");
    }

    fn kubernetes(&self, verb: &str, resource: &str, out: &mut Vec<u8>) {
        put!(
            out,
            r#","action":{"actionType":"KUBERNETES_API_CALL","kubernetesApiCallAction":{"requestUri":"/api/v1/namespaces/default/"#
        );
        put!(out, resource, r#"","verb":""#, verb, r#"","sourceIPs":[""#);
        text::address(out, self.attacker());
        put!(out, r#""],"userAgent":"kubectl/v1.29.3 (linux/amd64) kubernetes/6813625","#);
        self.far_end(out);
        put!(out, r#","statusCode":200,"parameters":null,"resource":""#, resource);
        put!(out, r#"","subresource":null,"namespace":"default","resourceName":null}}"#);
    }

    fn login(&self, success: bool, out: &mut Vec<u8>) {
        put!(out, r#","action":{"actionType":"RDS_LOGIN_ATTEMPT","rdsLoginAttemptAction":{"#);
        self.far_end(out);
        put!(out, r#","LoginAttributes":[{"user":"app_"#);
        put!(out, self.estate.nth(Thing::Word, self.finding.key as u32 % 64, 0));
        put!(out, r#"","application":"psql","failedLoginAttempts":"#);
        let attempts = u64::from(self.finding.count);
        text::number(out, if success { attempts / 2 } else { attempts });
        put!(out, r#","successfulLoginAttempts":"#);
        text::number(out, if success { attempts - attempts / 2 } else { 0 });
        put!(out, "}]}}");
    }

    fn process(&self, name: &str, out: &mut Vec<u8>) {
        let mut dice = self.dice(22);
        put!(
            out,
            r#","runtimeDetails":{"process":{"name":""#,
            name,
            r#"","executablePath":"/usr/bin/"#
        );
        put!(out, name, r#"","executableSha256":""#);
        self.hex(23, 64, out);
        put!(out, r#"","namespacePid":"#);
        text::number(out, u64::from(dice.between(2, 400)));
        put!(out, r#","pwd":"/tmp","pid":"#);
        text::number(out, u64::from(dice.between(1_000, 65_000)));
        put!(out, r#","startTime":"#);
        text::number(out, self.finding.first_s.unsigned_abs());
        put!(out, r#".0,"uuid":""#);
        glyphs::uuid(out, dice.next(), dice.next());
        put!(out, r#"","parentUuid":""#);
        glyphs::uuid(out, dice.next(), dice.next());
        put!(out, r#"","user":"root","userId":0,"euid":0,"lineage":[{"startTime":"#);
        text::number(out, self.finding.first_s.unsigned_abs() - 60);
        put!(out, r#".0,"namespacePid":1,"userId":0,"pid":"#);
        text::number(out, u64::from(dice.between(500, 999)));
        put!(out, r#","uuid":""#);
        glyphs::uuid(out, dice.next(), dice.next());
        put!(out, r#"","executablePath":"/usr/bin/bash","euid":0,"parentUuid":""#);
        glyphs::uuid(out, dice.next(), dice.next());
        put!(out, r#""}]},"context":null}"#);
    }

    /// Signals that belong together, with who and what takes part in them.
    fn sequence(&self, out: &mut Vec<u8>) {
        let who = self.principal();
        let address = self.attacker();
        put!(out, r#","detection":{"sequence":{"uid":""#);
        self.hex(24, 32, out);
        put!(
            out,
            r#"","description":"A sequence of actions was seen that is consistent with an attack.","actors":[{"id":""#
        );
        put!(
            out,
            who.id,
            r#"","user":{"name":""#,
            who.name,
            r#"","uid":""#,
            who.id,
            r#"","type":""#
        );
        put!(
            out,
            who.kind,
            r#"","credentialUid":""#,
            who.key,
            r#""}}],"resources":[{"uid":"arn:aws:iam::"#
        );
        put!(out, self.account(), r#":root","name":"account","accountId":""#, self.account());
        put!(out, r#"","resourceType":"AWS::IAM::User","region":""#, self.region());
        put!(out, r#"","service":"iam","cloudPartition":"aws"}],"endpoints":[{"id":""#);
        text::address(out, address);
        put!(out, r#"","ip":""#);
        text::address(out, address);
        put!(out, r#"","autonomousSystem":null}],"signals":["#);
        let names = ["Discovery", "Persistence", "Exfiltration"];
        for (nth, name) in (0..).zip(names) {
            let (created, seen) = (self.finding.created_ms, self.finding.first_s * 1_000);
            if nth > 0 {
                out.push(b',');
            }
            put!(out, r#"{"uid":""#);
            self.hex(30 + nth, 32, out);
            put!(
                out,
                r#"","type":"FINDING","name":""#,
                name,
                r#":IAMUser/AnomalousBehavior","createdAt":"#
            );
            text::number(out, created.unsigned_abs());
            put!(out, r#","updatedAt":"#);
            text::number(out, created.unsigned_abs());
            put!(out, r#","firstSeenAt":"#);
            text::number(out, seen.unsigned_abs());
            put!(out, r#","lastSeenAt":"#);
            text::number(out, seen.unsigned_abs());
            put!(out, r#","severity":5,"count":1,"resourceUids":["arn:aws:iam::"#, self.account());
            put!(out, r#":root"],"actorIds":[""#, who.id, r#""],"endpointIds":[""#);
            text::address(out, address);
            put!(
                out,
                r#""],"signalIndicators":[{"key":"HIGH_RISK_API","title":"High Risk API","values":["iam:CreateAccessKey"]}]}"#
            );
        }
        put!(
            out,
            r#"],"sequenceIndicators":[{"key":"ATTACK_TACTIC","title":"Attack Tactic","values":["Discovery","Persistence","Exfiltration"]},{"key":"SUSPICIOUS_NETWORK","title":"Suspicious Network","values":["asnOrg"]}]}}"#
        );
    }
}
