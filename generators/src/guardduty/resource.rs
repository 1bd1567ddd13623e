//! The resource of a finding, by its type (GuardDuty reference, 2).

use crate::cloudtrail::estate::Thing;
use crate::glyphs;
use crate::text;
use crate::world::Instance;

use super::finding::{Scene, put};
use super::kinds::{Act, On};

impl Scene<'_> {
    pub(super) fn resource(&self, out: &mut Vec<u8>) {
        let kind = self.kind();
        let name = match kind.on {
            On::Instance => "Instance",
            On::Key | On::Root | On::InstanceKey => "AccessKey",
            On::Bucket => "S3Bucket",
            On::Object => "S3Object",
            On::Eks => "EKSCluster",
            On::Ecs => "ECSCluster",
            On::Container => "Container",
            On::Rds => "RDSDBInstance",
            On::Lambda => "Lambda",
            On::Sequence => "AttackSequence",
        };
        put!(out, r#"{"resourceType":""#, name, "\"");
        match kind.on {
            On::Instance => {
                if let Some(instance) = self.instance() {
                    put!(out, r#","instanceDetails":"#);
                    self.instance_details(instance, out);
                }
                if kind.act == Act::File {
                    self.volumes(out);
                }
            }
            On::Key | On::Root => self.access_key(out),
            On::InstanceKey => {
                self.access_key(out);
                if let Some(instance) = self.instance() {
                    put!(out, r#","instanceDetails":"#);
                    self.instance_details(instance, out);
                }
            }
            On::Bucket => {
                self.access_key(out);
                self.bucket(out);
            }
            On::Object => self.bucket(out),
            On::Eks => self.eks(out),
            On::Ecs => self.ecs(out),
            On::Container => self.container(out),
            On::Rds => self.database(out),
            On::Lambda => self.function(out),
            On::Sequence => {}
        }
        out.push(b'}');
    }

    fn instance_details(&self, it: &Instance, out: &mut Vec<u8>) {
        let (account, region) = (self.account(), self.region());
        put!(out, r#"{"instanceId":""#, it.instance_id, r#"","instanceType":""#, it.instance_type);
        put!(out, r#"","launchTime":""#);
        glyphs::seconds(out, it.launched_s);
        put!(
            out,
            r#"","platform":null,"productCodes":[],"iamInstanceProfile":{"arn":"arn:aws:iam::"#
        );
        put!(out, account, ":instance-profile/", it.role_name, r#"","id":""#);
        put!(
            out,
            self.profile_id(it),
            r#""},"networkInterfaces":[{"ipv6Addresses":[],"networkInterfaceId":""#
        );
        put!(out, it.interface_id, r#"","privateDnsName":""#);
        private_name(&it.private_address, region, out);
        put!(out, r#"","privateIpAddress":""#, it.private_address);
        put!(out, r#"","privateIpAddresses":[{"privateDnsName":""#);
        private_name(&it.private_address, region, out);
        put!(out, r#"","privateIpAddress":""#, it.private_address, r#""}],"subnetId":""#);
        put!(out, it.subnet_id, r#"","vpcId":""#, it.vpc_id);
        put!(out, r#"","securityGroups":[{"groupName":""#, it.security_group);
        put!(out, r#"","groupId":""#, it.security_group_id, r#""}]"#);
        if let Some(public) = &it.public_address {
            put!(out, r#","publicDnsName":"ec2-"#);
            dashed(public, out);
            put!(out, ".", region, r#".compute.amazonaws.com","publicIp":""#, public, "\"");
        }
        put!(out, r#"}],"tags":[{"key":"Name","value":""#, it.name);
        put!(out, r#""}],"instanceState":"running","availabilityZone":""#, it.availability_zone);
        put!(out, r#"","imageId":""#, it.image_id);
        put!(
            out,
            r#"","imageDescription":"Amazon Linux 2023 AMI 2023.6.20241121.0 x86_64 HVM kernel-6.1"}"#
        );
    }

    /// The id of the profile: that of the role with another beginning.
    fn profile_id(&self, it: &Instance) -> String {
        format!("AIPA{}", it.role_id.get(4..).unwrap_or_default())
    }

    fn access_key(&self, out: &mut Vec<u8>) {
        let who = self.principal();
        put!(out, r#","accessKeyDetails":{"accessKeyId":""#, who.key, r#"","principalId":""#);
        put!(out, who.id, r#"","userType":""#, who.kind, r#"","userName":""#, who.name, "\"}");
    }

    fn bucket(&self, out: &mut Vec<u8>) {
        let bucket = self.thing(&self.stock.buckets, Thing::Bucket, 0);
        let public = self.kind().name.contains("Granted");
        put!(out, r#","s3BucketDetails":[{"arn":"arn:aws:s3:::"#, bucket, r#"","name":""#, bucket);
        put!(out, r#"","type":"Destination","createdAt":1641"#);
        text::number(out, 100_000 + u64::from(self.dice(11).below(800_000)));
        put!(out, r#".551,"owner":{"id":""#);
        glyphs::hex(
            out,
            crate::dice::scatter(tributary_vocabulary::stable_hash(self.account().as_bytes())),
            64,
        );
        put!(
            out,
            r#""},"tags":[{"key":"managed-by","value":"terraform"}],"defaultServerSideEncryption":{"encryptionType":"AES256","kmsMasterKeyArn":null},"publicAccess":{"permissionConfiguration":{"bucketLevelPermissions":{"accessControlList":{"allowsPublicReadAccess":"#
        );
        put!(out, if public { "true" } else { "false" });
        put!(out, r#","allowsPublicWriteAccess":false},"bucketPolicy":{"allowsPublicReadAccess":"#);
        put!(out, if public { "true" } else { "false" });
        put!(out, r#","allowsPublicWriteAccess":false},"blockPublicAccess":{"ignorePublicAcls":"#);
        let block = if public { "false" } else { "true" };
        put!(out, block, r#","restrictPublicBuckets":"#, block, r#","blockPublicAcls":"#, block);
        put!(
            out,
            r#","blockPublicPolicy":"#,
            block,
            r#"}},"accountLevelPermissions":{"blockPublicAccess":{"ignorePublicAcls":false,"restrictPublicBuckets":false,"blockPublicAcls":false,"blockPublicPolicy":false}}},"effectivePermission":""#
        );
        put!(out, if public { "PUBLIC" } else { "NOT_PUBLIC" }, "\"}");
        if self.kind().on == On::Object {
            let object = self.estate.nth(Thing::Object, self.finding.key as u32 % 64, 0);
            put!(out, r#","s3ObjectDetails":[{"objectArn":"arn:aws:s3:::"#, bucket, "/", object);
            put!(out, r#"","key":""#, object, r#"","eTag":""#);
            self.hex(12, 32, out);
            put!(out, r#"","hash":""#);
            self.hex(13, 64, out);
            put!(out, r#"","versionId":""#);
            self.hex(14, 32, out);
            put!(out, r#""}]"#);
        }
        put!(out, "}]");
    }

    fn cluster_name(&self) -> &str {
        self.thing(&self.stock.clusters, Thing::Cluster, 0)
    }

    fn eks(&self, out: &mut Vec<u8>) {
        let (cluster, account, region) = (self.cluster_name(), self.account(), self.region());
        put!(out, r#","eksClusterDetails":{"name":""#, cluster, r#"","arn":"arn:aws:eks:"#, region);
        put!(out, ":", account, ":cluster/", cluster, r#"","vpcId":""#);
        put!(out, self.estate.nth(Thing::Vpc, 0, 0));
        put!(
            out,
            r#"","status":"ACTIVE","tags":[],"createdAt":1701234567.012},"kubernetesDetails":{"kubernetesUserDetails":{"username":"system:serviceaccount:default:default","uid":""#
        );
        self.hex(15, 32, out);
        put!(
            out,
            r#"","groups":["system:serviceaccounts","system:authenticated"]},"kubernetesWorkloadDetails":"#
        );
        let workload = matches!(self.kind().act, Act::Process(_) | Act::File);
        if workload {
            put!(out, r#"{"name":"web-7d4b9c6f5-x2x8p","type":"pods","uid":""#);
            self.hex(16, 32, out);
            put!(
                out,
                r#"","namespace":"default","hostNetwork":false,"containers":[{"name":"web","image":"web:latest","imagePrefix":null}],"volumes":null}}"#
            );
        } else {
            put!(out, "null}");
        }
    }

    fn ecs(&self, out: &mut Vec<u8>) {
        let (cluster, account, region) = (self.cluster_name(), self.account(), self.region());
        put!(out, r#","ecsClusterDetails":{"name":""#, cluster, r#"","arn":"arn:aws:ecs:"#, region);
        put!(
            out,
            ":",
            account,
            ":cluster/",
            cluster,
            r#"","status":"ACTIVE","tags":[],"taskDetails":{"arn":"arn:aws:ecs:"#
        );
        put!(out, region, ":", account, ":task/", cluster, "/");
        self.hex(17, 32, out);
        put!(
            out,
            r#"","definitionArn":"arn:aws:ecs:"#,
            region,
            ":",
            account,
            ":task-definition/",
            cluster
        );
        put!(
            out,
            r#":7","version":"3","createdAt":1701234567.012,"startedAt":1701234599.5,"startedBy":"ecs-svc/1234567890123456789","containers":[{"name":"app","image":"app:latest"}]}}"#
        );
    }

    fn container(&self, out: &mut Vec<u8>) {
        put!(out, r#","containerDetails":{"id":""#);
        self.hex(18, 64, out);
        put!(
            out,
            r#"","name":"app","image":"app:latest","imagePrefix":null,"containerRuntime":"containerd","volumeMounts":null,"securityContext":null}"#
        );
    }

    fn database(&self, out: &mut Vec<u8>) {
        let facet = |facet| self.thing(&self.stock.databases, Thing::Database, facet);
        put!(
            out,
            r#","rdsDbInstanceDetails":{"dbInstanceIdentifier":""#,
            facet(0),
            r#"","engine":""#
        );
        put!(out, facet(2), r#"","engineVersion":"15.4","dbClusterIdentifier":""#, facet(0));
        put!(out, r#"-cluster","dbInstanceArn":"arn:aws:rds:"#, self.region(), ":", self.account());
        put!(
            out,
            ":db:",
            facet(0),
            r#"","dbiResourceId":""#,
            facet(1),
            r#"","tags":[]},"rdsDbUserDetails":{"user":""#
        );
        put!(out, "app_", self.estate.nth(Thing::Word, self.finding.key as u32 % 64, 0));
        put!(
            out,
            r#"","application":"psql","database":"app","ssl":"TLSv1.3","authMethod":"password"}"#
        );
    }

    fn function(&self, out: &mut Vec<u8>) {
        let name = self.thing(&self.stock.functions, Thing::Function, 0);
        put!(
            out,
            r#","lambdaDetails":{"functionArn":"arn:aws:lambda:"#,
            self.region(),
            ":",
            self.account()
        );
        put!(out, ":function:", name, r#"","functionName":""#, name);
        put!(out, r#"","description":"","lastModifiedAt":1701234567.012,"revisionId":""#);
        put!(out, self.thing(&self.stock.functions, Thing::Function, 1));
        put!(out, r#"","functionVersion":"$LATEST","role":"arn:aws:iam::"#, self.account());
        put!(out, ":role/service-role/orders-api", r#"","vpcConfig":{"subnetIds":[""#);
        put!(
            out,
            self.estate.nth(Thing::Vpc, 0, 1),
            r#""],"vpcId":""#,
            self.estate.nth(Thing::Vpc, 0, 0)
        );
        put!(out, r#"","securityGroups":[]},"tags":[]}"#);
    }

    fn volumes(&self, out: &mut Vec<u8>) {
        put!(
            out,
            r#","ebsVolumeDetails":{"scannedVolumeDetails":[{"volumeArn":"arn:aws:ec2:"#,
            self.region()
        );
        put!(out, ":", self.account(), ":volume/vol-0");
        self.hex(19, 16, out);
        put!(
            out,
            r#"","volumeType":"gp3","deviceName":"/dev/xvda","volumeSizeInGB":30,"encryptionType":"UNENCRYPTED","snapshotArn":null,"kmsKeyArn":null}],"skippedVolumeDetails":null}"#
        );
    }
}

fn dashed(address: &str, out: &mut Vec<u8>) {
    out.extend(address.bytes().map(|byte| if byte == b'.' { b'-' } else { byte }));
}

fn private_name(address: &str, region: &str, out: &mut Vec<u8>) {
    put!(out, "ip-");
    dashed(address, out);
    put!(out, ".", region, ".compute.internal");
}
