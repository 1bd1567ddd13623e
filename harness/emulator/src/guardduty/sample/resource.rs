//! The resources of sample findings (guardduty reference, §2).

use serde_json::{Value, json};
use tributary_vocabulary::AccountId;

use crate::guardduty::kinds::Kind;

/// The instance that all samples name.
pub(super) const INSTANCE: &str = "i-99999999";

/// The resource that a finding of this type is about.
pub(super) fn of(kind: Kind, account: AccountId, region: &str) -> Value {
    if kind.purpose() == "AttackSequence" {
        return json!({ "resourceType": "AttackSequence" });
    }
    match kind.resource() {
        "IAMUser" => json!({ "resourceType": "AccessKey", "accessKeyDetails": access_key() }),
        "S3" => bucket(kind),
        "Kubernetes" => json!({
            "resourceType": "EKSCluster",
            "eksClusterDetails": cluster("eks", account, region),
            "kubernetesDetails": kubernetes(),
        }),
        "ECS" => json!({
            "resourceType": "ECSCluster",
            "ecsClusterDetails": cluster("ecs", account, region),
        }),
        "Container" => json!({ "resourceType": "Container", "containerDetails": container() }),
        "RDS" => json!({
            "resourceType": "RDSDBInstance",
            "rdsDbInstanceDetails": database(account, region),
            "rdsDbUserDetails": {
                "user": "GeneratedFindingUserName",
                "application": "GeneratedFindingApplicationName",
                "database": "GeneratedFindingDatabaseName",
                "ssl": "GeneratedFindingSSLValue",
                "authMethod": "GeneratedFindingAuthMethod",
            },
        }),
        "Lambda" => json!({ "resourceType": "Lambda", "lambdaDetails": function(account, region) }),
        _ => {
            json!({ "resourceType": "Instance", "instanceDetails": instance(account, region) })
        }
    }
}

fn tags() -> Value {
    json!([
        { "key": "GeneratedFindingInstanceTagKey1", "value": "GeneratedFindingInstanceTagValue1" },
        { "key": "GeneratedFindingInstanceTagKey2", "value": "GeneratedFindingInstanceTagValue2" },
    ])
}

fn instance(account: AccountId, region: &str) -> Value {
    json!({
        "instanceId": INSTANCE,
        "instanceType": "m3.xlarge",
        "outpostArn": format!(
            "arn:aws:outposts:{region}:{account}:outpost/op-0fbc006e9abbc73c3"
        ),
        "launchTime": "2016-08-02T02:05:06.000Z",
        "platform": null,
        "productCodes": [{
            "productCodeId": "GeneratedFindingProductCodeId",
            "productCodeType": "GeneratedFindingProductCodeType",
        }],
        "iamInstanceProfile": {
            "arn": format!("arn:aws:iam::{account}:example/instance/profile"),
            "id": "GeneratedFindingInstanceProfileId",
        },
        "networkInterfaces": [{
            "ipv6Addresses": [],
            "networkInterfaceId": "eni-bfcffe88",
            "privateDnsName": "GeneratedFindingPrivateDnsName",
            "privateIpAddress": "10.0.0.1",
            "privateIpAddresses": [{
                "privateDnsName": "GeneratedFindingPrivateName",
                "privateIpAddress": "10.0.0.1",
            }],
            "subnetId": "GeneratedFindingSubnetId",
            "vpcId": "GeneratedFindingVPCId",
            "securityGroups": [{
                "groupName": "GeneratedFindingSecurityGroupName",
                "groupId": "GeneratedFindingSecurityId",
            }],
            "publicDnsName": "GeneratedFindingPublicDNSName",
            "publicIp": "198.51.100.0",
        }],
        "tags": tags(),
        "instanceState": "running",
        "availabilityZone": "GeneratedFindingInstanceAvailabilityZone",
        "imageId": "ami-99999999",
        "imageDescription": "GeneratedFindingInstanceImageDescription",
    })
}

fn access_key() -> Value {
    json!({
        "accessKeyId": "GeneratedFindingAccessKeyId",
        "principalId": "GeneratedFindingPrincipalId",
        "userType": "IAMUser",
        "userName": "GeneratedFindingUserName",
    })
}

fn bucket(kind: Kind) -> Value {
    let is_public = kind.family().contains("AccessGranted");
    let grants = json!({ "allowsPublicReadAccess": is_public, "allowsPublicWriteAccess": false });
    let block = json!({
        "ignorePublicAcls": false, "restrictPublicBuckets": false,
        "blockPublicAcls": false, "blockPublicPolicy": false,
    });
    let mut bucket = json!({
        "arn": "arn:aws:s3:::bucketName",
        "name": "bucketName",
        "type": "Destination",
        "createdAt": 1_513_612_691.551,
        "owner": { "id": "CanonicalId of Owner" },
        "tags": [{ "key": "foo", "value": "bar" }],
        "defaultServerSideEncryption": {
            "encryptionType": "SSEAlgorithm",
            "kmsMasterKeyArn": "arn:aws:kms:region:123456789012:key/key-id",
        },
        "publicAccess": {
            "permissionConfiguration": {
                "bucketLevelPermissions": {
                    "accessControlList": grants, "bucketPolicy": grants, "blockPublicAccess": block,
                },
                "accountLevelPermissions": { "blockPublicAccess": block },
            },
            "effectivePermission": if is_public { "PUBLIC" } else { "NOT_PUBLIC" },
        },
    });
    if kind.purpose() == "Object" {
        bucket["s3ObjectDetails"] = json!([{
            "objectArn": "arn:aws:s3:::bucketName/GeneratedFindingObjectKey",
            "key": "GeneratedFindingObjectKey",
            "eTag": "GeneratedFindingETag",
            "hash": "GeneratedFindingHash",
            "versionId": "GeneratedFindingVersionId",
        }]);
        return json!({ "resourceType": "S3Object", "s3BucketDetails": [bucket] });
    }
    json!({
        "resourceType": "S3Bucket",
        "s3BucketDetails": [bucket],
        "accessKeyDetails": access_key(),
    })
}

fn cluster(service: &str, account: AccountId, region: &str) -> Value {
    json!({
        "name": "GeneratedFindingClusterName",
        "arn": format!("arn:aws:{service}:{region}:{account}:cluster/GeneratedFindingClusterName"),
        "createdAt": 1_635_279_000.0,
        "vpcId": "GeneratedFindingVPCId",
        "status": "ACTIVE",
        "tags": tags(),
    })
}

fn container() -> Value {
    json!({
        "id": "abcdefghijklmn",
        "name": "GeneratedFindingContainerName",
        "image": "GeneratedFindingContainerImage",
        "imagePrefix": "GeneratedFindingContainerImagePrefix",
        "containerRuntime": "docker",
        "volumeMounts": [{ "name": "GeneratedFindingVolumeName", "mountPath": "GeneratedFindingMountPath" }],
        "securityContext": { "privileged": true },
    })
}

fn kubernetes() -> Value {
    json!({
        "kubernetesUserDetails": {
            "username": "GeneratedFindingUserName",
            "uid": "GeneratedFindingUID",
            "groups": ["GeneratedFindingUserGroup"],
        },
        "kubernetesWorkloadDetails": {
            "name": "GeneratedFindingWorkloadName",
            "type": "GeneratedFindingWorkloadType",
            "uid": "GeneratedFindingWorkloadUID",
            "namespace": "GeneratedFindingWorkloadNamespace",
            "hostNetwork": true,
            "containers": [container()],
            "volumes": [],
        },
    })
}

fn database(account: AccountId, region: &str) -> Value {
    json!({
        "dbInstanceIdentifier": "GeneratedFindingDBInstanceId",
        "engine": "Aurora MySQL",
        "engineVersion": "13.6",
        "dbClusterIdentifier": "GeneratedFindingDBClusterId",
        "dbInstanceArn": format!("arn:aws:rds:{region}:{account}:db:GeneratedFindingDBInstanceId"),
        "dbiResourceId": "GeneratedFindingDbiResourceId",
        "tags": tags(),
    })
}

fn function(account: AccountId, region: &str) -> Value {
    json!({
        "functionArn": format!(
            "arn:aws:lambda:{region}:{account}:function:GeneratedFindingLambdaFunctionName"
        ),
        "functionName": "GeneratedFindingLambdaFunctionName",
        "description": "GeneratedFindingLambdaFunctionDescription",
        "lastModifiedAt": 1_662_753_000.0,
        "revisionId": "GeneratedFindingRevisionId",
        "functionVersion": "$LATEST",
        "role": format!("arn:aws:iam::{account}:role/GeneratedFindingLambdaRole"),
        "vpcConfig": {
            "subnetIds": ["GeneratedFindingSubnetId"],
            "vpcId": "GeneratedFindingVPCId",
            "securityGroups": [{
                "groupName": "GeneratedFindingSecurityGroupName",
                "groupId": "GeneratedFindingSecurityId",
            }],
        },
        "tags": tags(),
    })
}
