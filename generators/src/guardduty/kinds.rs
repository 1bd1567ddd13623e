//! The types of findings: what each is about, what it demands of its resource and its action, how
//! severe it is (GuardDuty reference, 2 to 4).

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum On {
    Instance,
    /// An access key of a user or of a role's session.
    Key,
    /// The root's key.
    Root,
    /// The key of an instance's role.
    InstanceKey,
    Bucket,
    Object,
    Eks,
    Ecs,
    Container,
    Rds,
    Lambda,
    /// An attack sequence, which has everything in itself.
    Sequence,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    /// A connection from outside to this port.
    In(u16),
    /// A connection to this port outside.
    Out(u16),
    /// The same over UDP.
    OutUdp(u16),
    /// Probes of an open port.
    Probe,
    /// A question for a name.
    Dns(&'static str),
    /// A call: its name, and its service.
    Api(&'static str, &'static str),
    /// A call of Kubernetes: verb and resource.
    Kube(&'static str, &'static str),
    /// A login at a database that succeeded, or did not.
    Login(bool),
    /// A process on the host.
    Process(&'static str),
    /// A file found by a scan.
    File,
    Sequence,
}

/// A type of finding.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kind {
    pub(super) name: &'static str,
    pub(super) severity: u8,
    pub(super) on: On,
    pub(super) act: Act,
    /// The resource does the suspect thing itself.
    pub(super) actor: bool,
    /// Against the others of its severity.
    pub(super) weight: u32,
    pub(super) title: &'static str,
}

impl Kind {
    /// The same resource has another finding of the type for every attacker.
    pub(super) fn per_attacker(&self) -> bool {
        !self.actor
            && (self.name.contains("BruteForce")
                || self.name.contains("IPCaller")
                || self.name.contains("PortProbe"))
    }
}

const fn target(name: &'static str, severity: u8, on: On, act: Act, title: &'static str) -> Kind {
    Kind { name, severity, on, act, actor: false, weight: 2, title }
}

const fn actor(name: &'static str, severity: u8, on: On, act: Act, title: &'static str) -> Kind {
    Kind { name, severity, on, act, actor: true, weight: 2, title }
}

const fn often(weight: u32, kind: Kind) -> Kind {
    Kind { weight, ..kind }
}

use Act::{Api, Dns, File, In, Kube, Login, Out, OutUdp, Probe, Process};
use On::{Bucket, Container, Ecs, Eks, Instance, InstanceKey, Key, Lambda, Object, Rds, Root};

const C2: &str = "{r} is communicating outbound with a known Command & Control server at {a}.";
const C2_DNS: &str =
    "{r} is querying a domain name associated with a known Command & Control server.";
const COIN: &str =
    "{r} is communicating with {a}, an address that is associated with crypto-currency activity.";
const COIN_DNS: &str =
    "{r} is querying a domain name that is associated with crypto-currency activity.";
const DOS: &str = "{r} is behaving in a manner that may indicate that it is being used to perform a Denial of Service attack.";
const BAD_DNS: &str = "{r} is querying a domain name that is known to be malicious.";
const TOR: &str = "{r} is communicating with {a} on the Tor Anonymizing Proxy network.";
const HOLE: &str = "{r} is communicating with {a}, which is a known black hole.";
const DROP: &str =
    "{r} is communicating with {a}, a remote host that is known to hold stolen data.";
const CALLED: &str = "APIs commonly used in {p} attacks were invoked by {u} from {a}, which is on a list of known malicious addresses.";
const ODD: &str = "The user {u} invoked an API commonly used in {p} tactics in an anomalous way.";
const PEN: &str =
    "{u} invoked APIs from {a}, a computer that runs a distribution for penetration tests.";
const KUBE_BAD: &str = "A Kubernetes API commonly used in {p} tactics was invoked on {r} from {a}, a known malicious address.";
const KUBE_ODD: &str = "A Kubernetes API was invoked on {r} by {u} in an anomalous way.";
const RUN: &str = "{r} runs a process that behaves in a manner commonly used in {p} tactics.";
const MALWARE: &str = "{r} holds a file that is known to be malicious or suspicious.";
const LOGIN: &str = "A login to the database {r} by {u} from {a} is unusual.";

/// All types that the generator makes, a line each.
#[rustfmt::skip]
pub(super) const KINDS: &[Kind] = &[
    // EC2: connections and names.
    actor("Backdoor:EC2/C&CActivity.B", 8, Instance, Out(443), C2),
    actor("Backdoor:EC2/C&CActivity.B!DNS", 8, Instance, Dns("update-checker.badhost.example"), C2_DNS),
    actor("Backdoor:EC2/DenialOfService.Dns", 8, Instance, OutUdp(53), DOS),
    actor("Backdoor:EC2/DenialOfService.Tcp", 8, Instance, Out(80), DOS),
    actor("Backdoor:EC2/DenialOfService.Udp", 8, Instance, OutUdp(443), DOS),
    actor("Backdoor:EC2/DenialOfService.UdpOnTcpPorts", 8, Instance, OutUdp(80), DOS),
    actor("Backdoor:EC2/DenialOfService.UnusualProtocol", 8, Instance, Out(0), DOS),
    actor("CryptoCurrency:EC2/BitcoinTool.B", 8, Instance, Out(3333), COIN),
    often(6, actor("CryptoCurrency:EC2/BitcoinTool.B!DNS", 8, Instance, Dns("pool.minexmr.example"), COIN_DNS)),
    actor("Impact:EC2/BitcoinDomainRequest.Reputation", 8, Instance, Dns("xmr.nanopool.example"), COIN_DNS),
    actor("Impact:EC2/MaliciousDomainRequest.Reputation", 8, Instance, Dns("login-secure-update.example"), BAD_DNS),
    actor("Impact:EC2/PortSweep", 8, Instance, Out(445), "{r} is probing a port on a large number of publicly routable addresses."),
    target("Recon:EC2/PortProbeEMRUnprotectedPort", 8, Instance, Probe, "An unprotected port that is related to EMR on {r} is being probed."),
    actor("Trojan:EC2/DGADomainRequest.B", 8, Instance, Dns("xkqjhgzpwvd.example"), "{r} is querying algorithmically generated domains."),
    actor("Trojan:EC2/DGADomainRequest.C!DNS", 8, Instance, Dns("qwzrtpmnbvx.example"), "{r} is querying algorithmically generated domains."),
    actor("Trojan:EC2/DNSDataExfiltration", 8, Instance, Dns("d3adb33f01.tunnel.example"), "{r} is attempting to exfiltrate data through DNS queries."),
    actor("Trojan:EC2/DriveBySourceTraffic!DNS", 8, Instance, Dns("ads-cdn.badhost.example"), "{r} is querying a domain name of a remote host that is a known source of Drive-By download attacks."),
    actor("Trojan:EC2/PhishingDomainRequest!DNS", 8, Instance, Dns("signin-verify.example"), "{r} is querying a domain involved in phishing attacks."),
    actor("UnauthorizedAccess:EC2/MetadataDNSRebind", 8, Instance, Dns("rebind.badhost.example"), "{r} is performing DNS lookups that resolve to the instance metadata service."),
    actor("UnauthorizedAccess:EC2/TorClient", 8, Instance, Out(9001), TOR),
    actor("UnauthorizedAccess:EC2/TorRelay", 8, Instance, Out(9001), TOR),
    actor("Backdoor:EC2/Spambot", 5, Instance, Out(25), "{r} is exhibiting unusual behaviour by communicating with a remote host on port 25."),
    often(8, actor("Behavior:EC2/NetworkPortUnusual", 5, Instance, Out(4444), "{r} is communicating with a remote host on an unusual server port.")),
    often(8, actor("Behavior:EC2/TrafficVolumeUnusual", 5, Instance, Out(443), "{r} is generating unusually large amounts of network traffic to {a}.")),
    actor("Impact:EC2/AbusedDomainRequest.Reputation", 5, Instance, Dns("free-host.abused.example"), BAD_DNS),
    often(6, actor("Recon:EC2/Portscan", 5, Instance, Out(22), "{r} is performing outbound port scans against {a}.")),
    actor("Trojan:EC2/BlackholeTraffic", 5, Instance, Out(80), HOLE),
    actor("Trojan:EC2/BlackholeTraffic!DNS", 5, Instance, Dns("sinkhole.badhost.example"), BAD_DNS),
    actor("Trojan:EC2/DropPoint", 5, Instance, Out(443), DROP),
    actor("Trojan:EC2/DropPoint!DNS", 5, Instance, Dns("drop.badhost.example"), BAD_DNS),
    often(10, target("UnauthorizedAccess:EC2/MaliciousIPCaller.Custom", 5, Instance, In(443), "{r} is communicating with {a} on a custom threat list.")),
    actor("DefenseEvasion:EC2/UnusualDNSResolver", 5, Instance, OutUdp(53), "{r} is communicating with an unusual public DNS resolver at {a}."),
    actor("DefenseEvasion:EC2/UnusualDoHActivity", 5, Instance, Out(443), "{r} is performing an unusual DNS over HTTPS communication with {a}."),
    actor("DefenseEvasion:EC2/UnusualDoTActivity", 5, Instance, Out(853), "{r} is performing an unusual DNS over TLS communication with {a}."),
    actor("Impact:EC2/MaliciousDomainRequest.Custom", 5, Instance, Dns("blocked.badhost.example"), BAD_DNS),
    actor("Impact:EC2/SuspiciousDomainRequest.Reputation", 2, Instance, Dns("new-domain.example"), BAD_DNS),
    target("Impact:EC2/WinRMBruteForce", 2, Instance, In(5985), "{a} is performing WinRM brute force attacks against {r}."),
    actor("Impact:EC2/WinRMBruteForce", 8, Instance, Out(5985), "{r} is performing WinRM brute force attacks against {a}."),
    often(60, target("Recon:EC2/PortProbeUnprotectedPort", 2, Instance, Probe, "Unprotected port on {r} is being probed.")),
    often(14, target("UnauthorizedAccess:EC2/RDPBruteForce", 2, Instance, In(3389), "{a} is performing RDP brute force attacks against {r}.")),
    actor("UnauthorizedAccess:EC2/RDPBruteForce", 8, Instance, Out(3389), "{r} is performing RDP brute force attacks against {a}."),
    often(40, target("UnauthorizedAccess:EC2/SSHBruteForce", 2, Instance, In(22), "{a} is performing SSH brute force attacks against {r}.")),
    actor("UnauthorizedAccess:EC2/SSHBruteForce", 8, Instance, Out(22), "{r} is performing SSH brute force attacks against {a}."),
    // IAM: calls.
    target("Exfiltration:IAMUser/AnomalousBehavior", 8, Key, Api("ModifySnapshotAttribute", "ec2.amazonaws.com"), ODD),
    target("Impact:IAMUser/AnomalousBehavior", 8, Key, Api("DeleteDBInstance", "rds.amazonaws.com"), ODD),
    target("UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS", 8, InstanceKey, Api("ListBuckets", "s3.amazonaws.com"), "Credentials for the EC2 instance role {u} were used from an external IP address {a}."),
    target("UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.InsideAWS", 8, InstanceKey, Api("DescribeInstances", "ec2.amazonaws.com"), "Credentials for the EC2 instance role {u} were used from another AWS account at {a}."),
    target("UnauthorizedAccess:IAMUser/ResourceCredentialExfiltration.OutsideAWS", 8, Key, Api("GetSecretValue", "secretsmanager.amazonaws.com"), "Credentials for the resource role {u} were used from an external IP address {a}."),
    target("CredentialAccess:IAMUser/AnomalousBehavior", 5, Key, Api("GetSecretValue", "secretsmanager.amazonaws.com"), ODD),
    target("DefenseEvasion:IAMUser/AnomalousBehavior", 5, Key, Api("StopLogging", "cloudtrail.amazonaws.com"), ODD),
    target("InitialAccess:IAMUser/AnomalousBehavior", 5, Key, Api("GetFederationToken", "sts.amazonaws.com"), ODD),
    target("Persistence:IAMUser/AnomalousBehavior", 5, Key, Api("CreateAccessKey", "iam.amazonaws.com"), ODD),
    target("PrivilegeEscalation:IAMUser/AnomalousBehavior", 5, Key, Api("PutUserPolicy", "iam.amazonaws.com"), ODD),
    target("PenTest:IAMUser/KaliLinux", 5, Key, Api("GetCallerIdentity", "sts.amazonaws.com"), PEN),
    target("PenTest:IAMUser/ParrotLinux", 5, Key, Api("GetCallerIdentity", "sts.amazonaws.com"), PEN),
    target("PenTest:IAMUser/PentooLinux", 5, Key, Api("GetCallerIdentity", "sts.amazonaws.com"), PEN),
    often(6, target("Recon:IAMUser/MaliciousIPCaller", 5, Key, Api("DescribeInstances", "ec2.amazonaws.com"), CALLED)),
    target("Recon:IAMUser/MaliciousIPCaller.Custom", 5, Key, Api("ListUsers", "iam.amazonaws.com"), CALLED),
    often(6, target("Recon:IAMUser/TorIPCaller", 5, Key, Api("ListUsers", "iam.amazonaws.com"), "Reconnaissance API ListUsers was invoked by {u} from the Tor exit node {a}.")),
    often(5, target("UnauthorizedAccess:IAMUser/ConsoleLoginSuccess.B", 5, Key, Api("ConsoleLogin", "signin.amazonaws.com"), "Multiple successful console logins of {u} were seen from different places in the world.")),
    target("UnauthorizedAccess:IAMUser/MaliciousIPCaller", 5, Key, Api("RunInstances", "ec2.amazonaws.com"), CALLED),
    target("UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom", 5, Key, Api("ListBuckets", "s3.amazonaws.com"), CALLED),
    target("UnauthorizedAccess:IAMUser/TorIPCaller", 5, Key, Api("CreateUser", "iam.amazonaws.com"), "API CreateUser was invoked by {u} from the Tor exit node {a}."),
    target("DefenseEvasion:IAMUser/BedrockLoggingDisabled", 2, Key, Api("DeleteModelInvocationLoggingConfiguration", "bedrock.amazonaws.com"), "Logging of model invocations was disabled by {u}."),
    often(8, target("Discovery:IAMUser/AnomalousBehavior", 2, Key, Api("ListAccessKeys", "iam.amazonaws.com"), ODD)),
    often(14, target("Policy:IAMUser/RootCredentialUsage", 2, Root, Api("GetAccountSummary", "iam.amazonaws.com"), "API GetAccountSummary was invoked using root credentials.")),
    target("Policy:IAMUser/ShortTermRootCredentialUsage", 2, Root, Api("ListUsers", "iam.amazonaws.com"), "API ListUsers was invoked using short-term root credentials."),
    target("Stealth:IAMUser/CloudTrailLoggingDisabled", 2, Key, Api("StopLogging", "cloudtrail.amazonaws.com"), "AWS CloudTrail trail was disabled by {u}."),
    target("Stealth:IAMUser/PasswordPolicyChange", 2, Key, Api("UpdateAccountPasswordPolicy", "iam.amazonaws.com"), "Account password policy was weakened by {u}."),
    // S3.
    target("Discovery:S3/MaliciousIPCaller", 8, Bucket, Api("ListObjects", "s3.amazonaws.com"), CALLED),
    target("Discovery:S3/MaliciousIPCaller.Custom", 8, Bucket, Api("ListObjects", "s3.amazonaws.com"), CALLED),
    target("Exfiltration:S3/MaliciousIPCaller", 8, Bucket, Api("GetObject", "s3.amazonaws.com"), CALLED),
    target("Impact:S3/MaliciousIPCaller", 8, Bucket, Api("DeleteObject", "s3.amazonaws.com"), CALLED),
    target("Policy:S3/BucketAnonymousAccessGranted", 8, Bucket, Api("PutBucketPolicy", "s3.amazonaws.com"), "Amazon S3 public anonymous access was granted to the bucket {r} by {u}."),
    target("Policy:S3/BucketPublicAccessGranted", 8, Bucket, Api("PutBucketAcl", "s3.amazonaws.com"), "Amazon S3 public access was granted to the bucket {r} by {u}."),
    target("UnauthorizedAccess:S3/MaliciousIPCaller.Custom", 8, Bucket, Api("GetObject", "s3.amazonaws.com"), CALLED),
    target("UnauthorizedAccess:S3/TorIPCaller", 8, Bucket, Api("PutObject", "s3.amazonaws.com"), CALLED),
    target("Discovery:S3/TorIPCaller", 5, Bucket, Api("ListObjects", "s3.amazonaws.com"), CALLED),
    target("PenTest:S3/KaliLinux", 5, Bucket, Api("ListBuckets", "s3.amazonaws.com"), PEN),
    target("PenTest:S3/ParrotLinux", 5, Bucket, Api("ListBuckets", "s3.amazonaws.com"), PEN),
    target("PenTest:S3/PentooLinux", 5, Bucket, Api("ListBuckets", "s3.amazonaws.com"), PEN),
    often(5, target("Policy:S3/AccountBlockPublicAccessDisabled", 2, Bucket, Api("PutAccountPublicAccessBlock", "s3.amazonaws.com"), "Amazon S3 Block Public Access was disabled for the account by {u}.")),
    often(12, target("Policy:S3/BucketBlockPublicAccessDisabled", 2, Bucket, Api("PutBucketPublicAccessBlock", "s3.amazonaws.com"), "Amazon S3 Block Public Access was disabled for the bucket {r} by {u}.")),
    often(6, target("Stealth:S3/ServerAccessLoggingDisabled", 2, Bucket, Api("PutBucketLogging", "s3.amazonaws.com"), "Server access logging was disabled for the bucket {r} by {u}.")),
    target("Discovery:S3/AnomalousBehavior", 2, Bucket, Api("ListObjects", "s3.amazonaws.com"), ODD),
    target("Exfiltration:S3/AnomalousBehavior", 8, Bucket, Api("GetObject", "s3.amazonaws.com"), ODD),
    target("Impact:S3/AnomalousBehavior.Delete", 8, Bucket, Api("DeleteObject", "s3.amazonaws.com"), ODD),
    target("Impact:S3/AnomalousBehavior.Permission", 8, Bucket, Api("PutObjectAcl", "s3.amazonaws.com"), ODD),
    target("Impact:S3/AnomalousBehavior.Write", 5, Bucket, Api("PutObject", "s3.amazonaws.com"), ODD),
    target("Object:S3/MaliciousFile", 8, Object, File, MALWARE),
    // Kubernetes.
    target("CredentialAccess:Kubernetes/MaliciousIPCaller", 8, Eks, Kube("list", "secrets"), KUBE_BAD),
    target("CredentialAccess:Kubernetes/MaliciousIPCaller.Custom", 8, Eks, Kube("list", "secrets"), KUBE_BAD),
    target("CredentialAccess:Kubernetes/SuccessfulAnonymousAccess", 8, Eks, Kube("list", "secrets"), KUBE_BAD),
    target("CredentialAccess:Kubernetes/TorIPCaller", 8, Eks, Kube("get", "secrets"), KUBE_BAD),
    target("DefenseEvasion:Kubernetes/MaliciousIPCaller", 8, Eks, Kube("delete", "events"), KUBE_BAD),
    target("DefenseEvasion:Kubernetes/MaliciousIPCaller.Custom", 8, Eks, Kube("delete", "events"), KUBE_BAD),
    target("DefenseEvasion:Kubernetes/SuccessfulAnonymousAccess", 8, Eks, Kube("delete", "events"), KUBE_BAD),
    target("DefenseEvasion:Kubernetes/TorIPCaller", 8, Eks, Kube("delete", "events"), KUBE_BAD),
    target("Impact:Kubernetes/MaliciousIPCaller", 8, Eks, Kube("delete", "deployments"), KUBE_BAD),
    target("Impact:Kubernetes/MaliciousIPCaller.Custom", 8, Eks, Kube("delete", "deployments"), KUBE_BAD),
    target("Impact:Kubernetes/SuccessfulAnonymousAccess", 8, Eks, Kube("delete", "deployments"), KUBE_BAD),
    target("Impact:Kubernetes/TorIPCaller", 8, Eks, Kube("delete", "deployments"), KUBE_BAD),
    target("Discovery:Kubernetes/MaliciousIPCaller", 5, Eks, Kube("list", "pods"), KUBE_BAD),
    target("Discovery:Kubernetes/MaliciousIPCaller.Custom", 5, Eks, Kube("list", "pods"), KUBE_BAD),
    target("Discovery:Kubernetes/SuccessfulAnonymousAccess", 5, Eks, Kube("list", "pods"), KUBE_BAD),
    target("Discovery:Kubernetes/TorIPCaller", 5, Eks, Kube("list", "pods"), KUBE_BAD),
    target("Persistence:Kubernetes/MaliciousIPCaller", 5, Eks, Kube("create", "daemonsets"), KUBE_BAD),
    target("Persistence:Kubernetes/MaliciousIPCaller.Custom", 5, Eks, Kube("create", "daemonsets"), KUBE_BAD),
    target("Persistence:Kubernetes/SuccessfulAnonymousAccess", 8, Eks, Kube("create", "daemonsets"), KUBE_BAD),
    target("Persistence:Kubernetes/TorIPCaller", 5, Eks, Kube("create", "daemonsets"), KUBE_BAD),
    target("CredentialAccess:Kubernetes/AnomalousBehavior.SecretsAccessed", 5, Eks, Kube("get", "secrets"), KUBE_ODD),
    target("Discovery:Kubernetes/AnomalousBehavior.PermissionChecked", 2, Eks, Kube("create", "selfsubjectaccessreviews"), KUBE_ODD),
    target("Execution:Kubernetes/AnomalousBehavior.ExecInPod", 5, Eks, Kube("create", "pods"), KUBE_ODD),
    target("Execution:Kubernetes/ExecInKubeSystemPod", 5, Eks, Kube("create", "pods"), KUBE_ODD),
    target("Execution:Kubernetes/AnomalousBehavior.WorkloadDeployed", 2, Eks, Kube("create", "deployments"), KUBE_ODD),
    target("Persistence:Kubernetes/ContainerWithSensitiveMount", 5, Eks, Kube("create", "pods"), KUBE_ODD),
    target("Persistence:Kubernetes/AnomalousBehavior.WorkloadDeployed!ContainerWithSensitiveMount", 8, Eks, Kube("create", "deployments"), KUBE_ODD),
    target("Policy:Kubernetes/AdminAccessToDefaultServiceAccount", 8, Eks, Kube("create", "clusterrolebindings"), KUBE_ODD),
    target("Policy:Kubernetes/AnonymousAccessGranted", 8, Eks, Kube("create", "clusterrolebindings"), KUBE_ODD),
    target("Policy:Kubernetes/ExposedDashboard", 5, Eks, Kube("create", "services"), KUBE_ODD),
    target("Policy:Kubernetes/KubeflowDashboardExposed", 5, Eks, Kube("create", "services"), KUBE_ODD),
    target("PrivilegeEscalation:Kubernetes/PrivilegedContainer", 5, Eks, Kube("create", "pods"), KUBE_ODD),
    target("PrivilegeEscalation:Kubernetes/AnomalousBehavior.RoleBindingCreated", 5, Eks, Kube("create", "rolebindings"), KUBE_ODD),
    target("PrivilegeEscalation:Kubernetes/AnomalousBehavior.RoleCreated", 2, Eks, Kube("create", "roles"), KUBE_ODD),
    target("PrivilegeEscalation:Kubernetes/AnomalousBehavior.WorkloadDeployed!PrivilegedContainer", 8, Eks, Kube("create", "deployments"), KUBE_ODD),
    // Runtime: on instances and clusters.
    actor("Backdoor:Runtime/C&CActivity.B", 8, Instance, Process("curl"), RUN),
    actor("Backdoor:Runtime/C&CActivity.B!DNS", 8, Eks, Process("curl"), RUN),
    actor("CryptoCurrency:Runtime/BitcoinTool.B", 8, Instance, Process("xmrig"), RUN),
    actor("CryptoCurrency:Runtime/BitcoinTool.B!DNS", 8, Ecs, Process("xmrig"), RUN),
    actor("UnauthorizedAccess:Runtime/TorClient", 8, Instance, Process("tor"), RUN),
    actor("UnauthorizedAccess:Runtime/TorRelay", 8, Instance, Process("tor"), RUN),
    actor("UnauthorizedAccess:Runtime/MetadataDNSRebind", 8, Eks, Process("python3"), RUN),
    actor("Execution:Runtime/ReverseShell", 8, Eks, Process("bash"), RUN),
    actor("Execution:Runtime/MaliciousFileExecuted", 8, Instance, Process("kinsing"), RUN),
    actor("Impact:Runtime/CryptoMinerExecuted", 8, Instance, Process("xmrig"), RUN),
    actor("Impact:Runtime/BitcoinDomainRequest.Reputation", 8, Ecs, Process("xmrig"), RUN),
    actor("Impact:Runtime/MaliciousDomainRequest.Reputation", 8, Eks, Process("wget"), RUN),
    actor("PrivilegeEscalation:Runtime/RuncContainerEscape", 8, Eks, Process("runc"), RUN),
    actor("PrivilegeEscalation:Runtime/CGroupsReleaseAgentModified", 8, Eks, Process("sh"), RUN),
    actor("DefenseEvasion:Runtime/KernelModuleLoaded", 8, Instance, Process("insmod"), RUN),
    actor("DefenseEvasion:Runtime/ProcessInjection.Proc", 8, Instance, Process("gdb"), RUN),
    actor("DefenseEvasion:Runtime/ProcessInjection.VirtualMemoryWrite", 8, Instance, Process("gdb"), RUN),
    actor("Trojan:Runtime/DGADomainRequest.C!DNS", 8, Ecs, Process("python3"), RUN),
    actor("Trojan:Runtime/DriveBySourceTraffic!DNS", 8, Instance, Process("curl"), RUN),
    actor("Trojan:Runtime/PhishingDomainRequest!DNS", 8, Instance, Process("curl"), RUN),
    actor("Trojan:Runtime/BlackholeTraffic", 5, Instance, Process("curl"), RUN),
    actor("Trojan:Runtime/BlackholeTraffic!DNS", 5, Ecs, Process("curl"), RUN),
    actor("Trojan:Runtime/DropPoint", 5, Instance, Process("rclone"), RUN),
    actor("Trojan:Runtime/DropPoint!DNS", 5, Eks, Process("rclone"), RUN),
    actor("Execution:Runtime/NewBinaryExecuted", 5, Eks, Process("kdevtmpfsi"), RUN),
    actor("Execution:Runtime/NewLibraryLoaded", 5, Eks, Process("nginx"), RUN),
    actor("PrivilegeEscalation:Runtime/DockerSocketAccessed", 5, Eks, Process("docker"), RUN),
    actor("PrivilegeEscalation:Runtime/ContainerMountsHostDirectory", 5, Eks, Process("mount"), RUN),
    actor("PrivilegeEscalation:Runtime/UserfaultfdUsage", 5, Instance, Process("exploit"), RUN),
    actor("PrivilegeEscalation:Runtime/ElevationToRoot", 5, Instance, Process("su"), RUN),
    actor("DefenseEvasion:Runtime/FilelessExecution", 5, Ecs, Process("memfd"), RUN),
    actor("DefenseEvasion:Runtime/ProcessInjection.Ptrace", 5, Instance, Process("strace"), RUN),
    actor("Impact:Runtime/AbusedDomainRequest.Reputation", 5, Instance, Process("curl"), RUN),
    actor("DefenseEvasion:Runtime/PtraceAntiDebugging", 2, Instance, Process("sshd"), RUN),
    actor("Execution:Runtime/SuspiciousShellCreated", 2, Ecs, Process("sh"), RUN),
    actor("Impact:Runtime/SuspiciousDomainRequest.Reputation", 2, Eks, Process("curl"), RUN),
    actor("Discovery:Runtime/SuspiciousCommand", 2, Instance, Process("whoami"), RUN),
    actor("Execution:Runtime/SuspiciousCommand", 5, Instance, Process("base64"), RUN),
    actor("DefenseEvasion:Runtime/SuspiciousCommand", 5, Instance, Process("history"), RUN),
    actor("Persistence:Runtime/SuspiciousCommand", 5, Instance, Process("crontab"), RUN),
    actor("PrivilegeEscalation:Runtime/SuspiciousCommand", 5, Instance, Process("chmod"), RUN),
    actor("Execution:Runtime/SuspiciousTool", 5, Eks, Process("nmap"), RUN),
    // Malware.
    target("Execution:EC2/MaliciousFile", 8, Instance, File, MALWARE),
    target("Execution:EC2/SuspiciousFile", 5, Instance, File, MALWARE),
    target("Execution:EC2/MaliciousFile!AMI", 8, Instance, File, MALWARE),
    target("Execution:EC2/MaliciousFile!Snapshot", 8, Instance, File, MALWARE),
    target("Execution:EC2/MaliciousFile!RecoveryPoint", 8, Instance, File, MALWARE),
    target("Execution:S3/MaliciousFile!RecoveryPoint", 8, Object, File, MALWARE),
    target("Execution:ECS/MaliciousFile", 8, Ecs, File, MALWARE),
    target("Execution:ECS/SuspiciousFile", 5, Ecs, File, MALWARE),
    target("Execution:Kubernetes/MaliciousFile", 8, Eks, File, MALWARE),
    target("Execution:Kubernetes/SuspiciousFile", 5, Eks, File, MALWARE),
    target("Execution:Container/MaliciousFile", 8, Container, File, MALWARE),
    target("Execution:Container/SuspiciousFile", 6, Container, File, MALWARE),
    // Databases and functions.
    target("CredentialAccess:RDS/AnomalousBehavior.SuccessfulBruteForce", 8, Rds, Login(true), LOGIN),
    target("CredentialAccess:RDS/AnomalousBehavior.SuccessfulLogin", 5, Rds, Login(true), LOGIN),
    target("CredentialAccess:RDS/AnomalousBehavior.FailedLogin", 2, Rds, Login(false), LOGIN),
    target("CredentialAccess:RDS/MaliciousIPCaller.SuccessfulLogin", 8, Rds, Login(true), LOGIN),
    target("CredentialAccess:RDS/MaliciousIPCaller.FailedLogin", 5, Rds, Login(false), LOGIN),
    target("CredentialAccess:RDS/TorIPCaller.SuccessfulLogin", 8, Rds, Login(true), LOGIN),
    target("CredentialAccess:RDS/TorIPCaller.FailedLogin", 5, Rds, Login(false), LOGIN),
    target("Discovery:RDS/MaliciousIPCaller", 5, Rds, Login(false), LOGIN),
    target("Discovery:RDS/TorIPCaller", 5, Rds, Login(false), LOGIN),
    actor("Backdoor:Lambda/C&CActivity.B", 8, Lambda, Out(443), C2),
    actor("CryptoCurrency:Lambda/BitcoinTool.B", 8, Lambda, Out(3333), COIN),
    actor("UnauthorizedAccess:Lambda/TorClient", 8, Lambda, Out(9001), TOR),
    actor("UnauthorizedAccess:Lambda/TorRelay", 8, Lambda, Out(9001), TOR),
    actor("Trojan:Lambda/BlackholeTraffic", 5, Lambda, Out(80), HOLE),
    actor("Trojan:Lambda/DropPoint", 5, Lambda, Out(443), DROP),
    actor("UnauthorizedAccess:Lambda/MaliciousIPCaller.Custom", 5, Lambda, Out(443), "{r} is communicating with {a} on a custom threat list."),
    // Attack sequences.
    actor("AttackSequence:IAM/CompromisedCredentials", 9, On::Sequence, Act::Sequence, "A sequence of actions by {u} indicates compromised credentials."),
    actor("AttackSequence:S3/CompromisedData", 9, On::Sequence, Act::Sequence, "A sequence of actions indicates that data of {r} was compromised."),
    actor("AttackSequence:EKS/CompromisedCluster", 9, On::Sequence, Act::Sequence, "A sequence of actions indicates that the cluster {r} was compromised."),
    actor("AttackSequence:ECS/CompromisedCluster", 9, On::Sequence, Act::Sequence, "A sequence of actions indicates that the cluster {r} was compromised."),
    actor("AttackSequence:EC2/CompromisedInstanceGroup", 9, On::Sequence, Act::Sequence, "A sequence of actions indicates that a group of instances with {r} was compromised."),
];

/// The type of this name, in the role that is asked for.
pub(super) fn named(name: &str, actor: bool) -> u16 {
    let found = KINDS.iter().position(|kind| kind.name == name && kind.actor == actor);
    found.unwrap_or(0) as u16
}
