//! What services do by themselves: no request, details of their own.

use super::{Api, Kind, read, write};

const fn event(service: &'static str, name: &'static str, details: &'static str) -> Api {
    write(service, name, "null", "null").telling(details).being(Kind::Service)
}

pub(super) const APIS: &[Api] = &[
    event("kms", "RotateKey", r#"{"keyId":"$key","rotationType":"AUTOMATIC"}"#)
        .on(r#"[{"accountId":"$account","type":"AWS::KMS::Key","ARN":"arn:aws:kms:$region:$account:key/$key"}]"#),
    event("kms", "SynchronizeMultiRegionKey", r#"{"keyId":"$key"}"#)
        .on(r#"[{"accountId":"$account","type":"AWS::KMS::Key","ARN":"arn:aws:kms:$region:$account:key/$key"}]"#),
    event("secretsmanager", "RotationStarted", "null")
        .with(r#"{"SecretId":"arn:aws:secretsmanager:$region:$account:secret:$secretid"}"#),
    event("secretsmanager", "RotationSucceeded", "null")
        .with(r#"{"SecretId":"arn:aws:secretsmanager:$region:$account:secret:$secretid"}"#),
    event("secretsmanager", "SecretVersionDeletion", "null")
        .with(r#"{"SecretId":"arn:aws:secretsmanager:$region:$account:secret:$secretid","SecretVersionId":"$uuid"}"#),
    event("ec2", "BidEvictedEvent", r#"{"instanceIdSet":["$instance"]}"#),
    event("ecr", "PolicyExecutionEvent", r#"{"repositoryName":"$repository","lifecycleEventPolicy":{"lifecycleEventRules":[{"rulePriority":1,"description":"keep the last 20","lifecycleEventSelection":{"tagStatus":"Any","countType":"Image count more than","countNumber":20},"action":"expire"}],"lastEvaluatedAt":${epoch}000,"policyVersion":1,"policyId":"$uuid"},"lifecycleEventImageActions":[],"lifecycleEventFailureDetails":[]}"#)
        .on(r#"[{"accountId":"$account","type":"AWS::ECR::Repository","ARN":"arn:aws:ecr:$region:$account:repository/$repository"}]"#),
    event("eks", "EksNodegroupScaling", r#"{"clusterName":"$cluster","nodegroupName":"$nodegroup"}"#),
    event("rds", "ManagePasswordRotation", r#"{"dBInstanceIdentifier":"$database"}"#),
    event("backup", "BackupJobCompleted", r#"{"backupJobId":"$uuid","backupVaultName":"Default","resourceType":"EBS","state":"COMPLETED"}"#),
    event("autoscaling", "TerminateInstanceInAutoScalingGroup", r#"{"autoScalingGroupName":"$scaling","instanceId":"$instance"}"#),
    read("signin", "UserAuthentication", "null")
        .telling(r#"{"CredentialType":"TOTP"}"#)
        .with(r#"{"LoginTo":"https://$region.console.aws.amazon.com/","CredentialType":"TOTP","UserName":"$callername"}"#)
        .being(Kind::Service),
    write("trustedadvisor", "RefreshCheck", r#"{"checkId":"$hex10"}"#, "null").being(Kind::Console),
];
