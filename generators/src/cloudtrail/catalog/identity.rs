//! STS, IAM, sign-in, KMS, Secrets Manager.

use super::{Api, Kind, api, fail, read, write};

const ROLE: &str = r#"[{"accountId":"$newaccount","type":"AWS::IAM::Role","ARN":"$newrolearn"}]"#;
const CREDENTIALS: &str = r#"{"credentials":{"accessKeyId":"$newkey","sessionToken":"IQoJb3JpZ2luX2VjE$code140","expiration":"$expiry"},"assumedRoleUser":{"assumedRoleId":"$newroleid:$newsession","arn":"$newarn"}}"#;
const KEY: &str = r#"[{"accountId":"$account","type":"AWS::KMS::Key","ARN":"arn:aws:kms:$region:$account:key/$key"}]"#;
const NO_USER: &str = "The user with name $user cannot be found.";

pub(super) const APIS: &[Api] = &[
    read("sts", "AssumeRole", r#"{"roleArn":"$newrolearn","roleSessionName":"$newsession","durationSeconds":3600}"#)
        .giving(CREDENTIALS)
        .on(ROLE)
        .failing(&[fail(
            0,
            "AccessDenied",
            "User: $callerarn is not authorized to perform: sts:AssumeRole on resource: $newrolearn",
        )]),
    read("sts", "AssumeRoleWithSAML", r#"{"sAMLAssertionID":"_$hex32","roleSessionName":"$newsession","roleArn":"$newrolearn","principalArn":"arn:aws:iam::$account:saml-provider/AWSSSO_${hex16}_DO_NOT_DELETE","durationSeconds":43200}"#)
        .giving(r#"{"subjectType":"persistent","issuer":"https://portal.sso.$region.amazonaws.com/saml/assertion/$code28","credentials":{"accessKeyId":"$newkey","sessionToken":"IQoJb3JpZ2luX2VjE$code140","expiration":"$expiry"},"nameQualifier":"$code27=","assumedRoleUser":{"assumedRoleId":"$newroleid:$newsession","arn":"$newarn"},"subject":"$newsession","audience":"https://signin.aws.amazon.com/saml"}"#)
        .on(ROLE),
    read("sts", "AssumeRoleWithWebIdentity", r#"{"roleArn":"$newrolearn","roleSessionName":"$newsession","durationSeconds":3600}"#)
        .giving(r#"{"subjectFromWebIdentityToken":"$callername","credentials":{"accessKeyId":"$newkey","sessionToken":"IQoJb3JpZ2luX2VjE$code140","expiration":"$expiry"},"assumedRoleUser":{"assumedRoleId":"$newroleid:$newsession","arn":"$newarn"},"provider":"$callerrole","audience":"sts.amazonaws.com"}"#)
        .on(ROLE),
    read("sts", "GetFederationToken", r#"{"name":"$newsession","durationSeconds":3600}"#)
        .giving(r#"{"credentials":{"accessKeyId":"$newkey","sessionToken":"IQoJb3JpZ2luX2VjE$code140","expiration":"$expiry"},"federatedUser":{"federatedUserId":"$account:$newsession","arn":"$newarn"},"packedPolicySize":6}"#),
    read("sts", "GetSessionToken", r#"{"durationSeconds":43200}"#)
        .giving(r#"{"credentials":{"accessKeyId":"$newkey","sessionToken":"IQoJb3JpZ2luX2VjE$code140","expiration":"$expiry"}}"#),
    read("sts", "GetCallerIdentity", "null"),
    read("sso", "GetRoleCredentials", "null").telling(r#"{"role_name":"$word-access","account_id":"$account"}"#),
    read("sso", "Federate", "null")
        .telling(r#"{"role_name":"$word-access","account_id":"$account"}"#)
        .being(Kind::Service),
    read("signin", "CheckMfa", "null")
        .giving(r#"{"CheckMfa":"Success"}"#)
        .with(r#"{"MfaType":"Virtual MFA"}"#)
        .being(Kind::SignIn),
    api("signin", "ConsoleLogin", false)
        .giving(r#"{"ConsoleLogin":"Success"}"#)
        .with(r#"{"LoginTo":"https://console.aws.amazon.com/console/home?hashArgs=%23&isauthcode=true&state=hashArgsFromTB_${region}_$hex16","MobileVersion":"No","MFAUsed":"$newmfa"}"#)
        .being(Kind::SignIn),
    api("signin", "SwitchRole", false)
        .giving(r#"{"SwitchRole":"Success"}"#)
        .with(r#"{"SwitchFrom":"$callerarn","RedirectTo":"https://$region.console.aws.amazon.com/console/home?region=$region"}"#)
        .being(Kind::SignIn),
    read("signin", "GetSigninToken", "null")
        .with(r#"{"MobileVersion":"No","MFAUsed":"No"}"#)
        .giving(r#"{"GetSigninToken":"Success"}"#)
        .being(Kind::SignIn),
    read("iam", "GetUser", r#"{"userName":"$user"}"#)
        .failing(&[fail(14, "NoSuchEntityException", NO_USER)]),
    read("iam", "ListUsers", r#"{"maxItems":1000}"#),
    read("iam", "ListRoles", r#"{"maxItems":1000}"#),
    read("iam", "GetRole", r#"{"roleName":"$role"}"#)
        .failing(&[fail(30, "NoSuchEntityException", "The role with name $word-$hex8 cannot be found.")]),
    read("iam", "ListRolePolicies", r#"{"roleName":"$role"}"#),
    read("iam", "ListAttachedRolePolicies", r#"{"roleName":"$role"}"#),
    read("iam", "GetRolePolicy", r#"{"roleName":"$role","policyName":"$policy"}"#)
        .failing(&[fail(80, "NoSuchEntityException", "The role policy with name $policy cannot be found.")]),
    read("iam", "ListAccessKeys", r#"{"userName":"$user"}"#),
    read("iam", "GetAccessKeyLastUsed", r#"{"accessKeyId":"$userkey"}"#),
    read("iam", "ListMFADevices", r#"{"userName":"$user"}"#),
    read("iam", "ListAttachedUserPolicies", r#"{"userName":"$user"}"#),
    read("iam", "ListUserPolicies", r#"{"userName":"$user"}"#),
    read("iam", "ListGroupsForUser", r#"{"userName":"$user"}"#),
    read("iam", "GetLoginProfile", r#"{"userName":"$user"}"#)
        .failing(&[fail(400, "NoSuchEntityException", "Login Profile for User $user cannot be found.")]),
    read("iam", "GetAccountPasswordPolicy", "null").failing(&[fail(
        300,
        "NoSuchEntityException",
        "The Password Policy with domain name $account cannot be found.",
    )]),
    read("iam", "GetAccountSummary", "null"),
    read("iam", "GetPolicy", r#"{"policyArn":"arn:aws:iam::$account:policy/$policy"}"#),
    read("iam", "GetPolicyVersion", r#"{"policyArn":"arn:aws:iam::$account:policy/$policy","versionId":"v$num1"}"#),
    read("iam", "ListPolicies", r#"{"scope":"Local","onlyAttached":false}"#),
    read("iam", "GetInstanceProfile", r#"{"instanceProfileName":"$instancerole"}"#),
    read("iam", "ListInstanceProfilesForRole", r#"{"roleName":"$role"}"#),
    read("iam", "GetCredentialReport", "null").failing(&[fail(
        120,
        "CredentialReportNotPresentException",
        "Credential report is not present. Use GenerateCredentialReport to create one",
    )]),
    read("iam", "GetOpenIDConnectProvider", r#"{"openIDConnectProviderArn":"arn:aws:iam::$account:oidc-provider/oidc.eks.$region.amazonaws.com/id/$oidc"}"#),
    read("iam", "SimulatePrincipalPolicy", r#"{"policySourceArn":"arn:aws:iam::$account:role$rolepath$role","actionNames":["s3:GetObject"]}"#),
    write("iam", "CreateUser", r#"{"userName":"$word-$hex4"}"#, r#"{"user":{"path":"/","userName":"$word-$hex4","userId":"AIDA$key17","arn":"arn:aws:iam::$account:user/$word-$hex4","createDate":"$date"}}"#)
        .failing(&[fail(30, "EntityAlreadyExistsException", "User with name $user already exists.")]),
    write("iam", "CreateAccessKey", r#"{"userName":"$user"}"#, r#"{"accessKey":{"userName":"$user","accessKeyId":"AKIA$key16","status":"Active","createDate":"$date"}}"#)
        .failing(&[fail(60, "LimitExceededException", "Cannot exceed quota for AccessKeysPerUser: 2")]),
    write("iam", "DeleteAccessKey", r#"{"userName":"$user","accessKeyId":"AKIA$key16"}"#, "null"),
    write("iam", "UpdateAccessKey", r#"{"userName":"$user","accessKeyId":"$userkey","status":"Inactive"}"#, "null"),
    write("iam", "CreateRole", r#"{"roleName":"$word-$hex6","path":"/","assumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"lambda.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}","description":"","tags":[{"key":"team","value":"$word"}]}"#, r#"{"role":{"path":"/","roleName":"$word-$hex6","roleId":"AROA$key17","arn":"arn:aws:iam::$account:role/$word-$hex6","createDate":"$date","assumeRolePolicyDocument":"%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Principal%22%3A%7B%22Service%22%3A%22lambda.amazonaws.com%22%7D%2C%22Action%22%3A%22sts%3AAssumeRole%22%7D%5D%7D"}}"#),
    write("iam", "DeleteRole", r#"{"roleName":"$word-$hex6"}"#, "null")
        .failing(&[fail(90, "DeleteConflictException", "Cannot delete entity, must detach all policies first.")]),
    write("iam", "AttachRolePolicy", r#"{"roleName":"$role","policyArn":"arn:aws:iam::$account:policy/$policy"}"#, "null"),
    write("iam", "DetachRolePolicy", r#"{"roleName":"$role","policyArn":"arn:aws:iam::$account:policy/$policy"}"#, "null"),
    write("iam", "AttachUserPolicy", r#"{"userName":"$user","policyArn":"arn:aws:iam::aws:policy/ReadOnlyAccess"}"#, "null"),
    write("iam", "PutRolePolicy", r#"{"roleName":"$role","policyName":"$policy","policyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"Objects\",\"Effect\":\"Allow\",\"Action\":[\"s3:GetObject\",\"s3:PutObject\"],\"Resource\":\"arn:aws:s3:::$bucket/*\"},{\"Sid\":\"Keys\",\"Effect\":\"Allow\",\"Action\":[\"kms:Decrypt\",\"kms:GenerateDataKey\"],\"Resource\":\"arn:aws:kms:$region:$account:key/$key\"},{\"Sid\":\"Logs\",\"Effect\":\"Allow\",\"Action\":[\"logs:CreateLogStream\",\"logs:PutLogEvents\"],\"Resource\":\"arn:aws:logs:$region:$account:log-group:$loggroup:*\"}]}"}"#, "null"),
    write("iam", "CreatePolicyVersion", r#"{"policyArn":"arn:aws:iam::$account:policy/$policy","setAsDefault":true,"policyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"ec2:Describe*\",\"elasticloadbalancing:Describe*\",\"autoscaling:Describe*\",\"cloudwatch:GetMetricData\",\"cloudwatch:ListMetrics\"],\"Resource\":\"*\"},{\"Effect\":\"Deny\",\"Action\":\"iam:*\",\"Resource\":\"*\",\"Condition\":{\"StringNotEquals\":{\"aws:PrincipalOrgID\":\"$organisation\"}}}]}"}"#, r#"{"policyVersion":{"versionId":"v$num1","isDefaultVersion":true,"createDate":"$date"}}"#),
    write("iam", "PassRole", r#"{"roleName":"$role"}"#, "null"),
    write("iam", "ChangePassword", "null", "null"),
    write("iam", "GenerateCredentialReport", "null", r#"{"state":"STARTED","description":"No report exists. Starting a new report generation task"}"#),
    write("iam", "CreateUser", r#"{"userName":"$newname"}"#, r#"{"user":{"path":"/","userName":"$newname","userId":"$newroleid","arn":"$newarn","createDate":"$date"}}"#)
        .aka("plot:CreateUser"),
    write("iam", "CreateAccessKey", r#"{"userName":"$newname"}"#, r#"{"accessKey":{"userName":"$newname","accessKeyId":"$newkey","status":"Active","createDate":"$date"}}"#)
        .aka("plot:CreateAccessKey"),
    write("iam", "AttachUserPolicy", r#"{"userName":"$newname","policyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}"#, "null")
        .aka("plot:AttachUserPolicy"),
    read("iam", "GetUser", "null").aka("plot:GetUser"),
    read("iam", "ListAttachedUserPolicies", r#"{"userName":"$callername"}"#)
        .aka("plot:ListAttachedUserPolicies"),
    read("kms", "Decrypt", r#"{"encryptionContext":{"SecretARN":"arn:aws:secretsmanager:$region:$account:secret:$secretid","SecretVersionId":"$uuid"},"encryptionAlgorithm":"SYMMETRIC_DEFAULT"}"#)
        .on(KEY),
    read("kms", "GenerateDataKey", r#"{"keyId":"arn:aws:kms:$region:$account:key/$key","encryptionContext":{"aws:s3:arn":"arn:aws:s3:::$bucket"},"keySpec":"AES_256"}"#)
        .on(KEY),
    read("kms", "Encrypt", r#"{"keyId":"alias/$keyalias","encryptionContext":{"aws:lambda:FunctionArn":"arn:aws:lambda:$region:$account:function:$function"},"encryptionAlgorithm":"SYMMETRIC_DEFAULT"}"#)
        .on(KEY),
    read("kms", "GenerateDataKeyWithoutPlaintext", r#"{"keyId":"arn:aws:kms:$region:$account:key/$key","encryptionContext":{"aws:ebs:id":"$volume"},"numberOfBytes":64}"#)
        .on(KEY),
    read("kms", "DescribeKey", r#"{"keyId":"$key"}"#)
        .on(KEY)
        .failing(&[fail(15, "NotFoundException", "Key 'arn:aws:kms:$region:$account:key/$uuid' does not exist")]),
    read("kms", "ListAliases", r#"{"limit":100}"#),
    read("kms", "ListKeys", r#"{"limit":1000}"#),
    read("kms", "GetKeyPolicy", r#"{"keyId":"$key","policyName":"default"}"#).on(KEY),
    read("kms", "GetKeyRotationStatus", r#"{"keyId":"$key"}"#).on(KEY),
    read("kms", "ListResourceTags", r#"{"keyId":"$key","limit":50}"#).on(KEY),
    write("kms", "CreateGrant", r#"{"keyId":"arn:aws:kms:$region:$account:key/$key","granteePrincipal":"arn:aws:iam::$account:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling","constraints":{"encryptionContextSubset":{"aws:ebs:id":"$volume"}},"operations":["Decrypt"]}"#, r#"{"grantId":"$hex64","keyId":"arn:aws:kms:$region:$account:key/$key"}"#)
        .on(KEY),
    write("kms", "RetireGrant", "null", r#"{"keyId":"arn:aws:kms:$region:$account:key/$key"}"#)
        .with(r#"{"grantId":"$hex64"}"#)
        .on(KEY),
    write("kms", "CreateKey", r#"{"policy":"{\"Version\":\"2012-10-17\",\"Id\":\"key\",\"Statement\":[{\"Sid\":\"Enable IAM User Permissions\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::$account:root\"},\"Action\":\"kms:*\",\"Resource\":\"*\"},{\"Sid\":\"Allow use of the key\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::$account:role/$role\"},\"Action\":[\"kms:Encrypt\",\"kms:Decrypt\",\"kms:ReEncrypt*\",\"kms:GenerateDataKey*\",\"kms:DescribeKey\"],\"Resource\":\"*\"},{\"Sid\":\"Allow attachment of persistent resources\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::$account:role/$role\"},\"Action\":[\"kms:CreateGrant\",\"kms:ListGrants\",\"kms:RevokeGrant\"],\"Resource\":\"*\",\"Condition\":{\"Bool\":{\"kms:GrantIsForAWSResource\":true}}}]}","description":"$word","keyUsage":"ENCRYPT_DECRYPT","customerMasterKeySpec":"SYMMETRIC_DEFAULT","keySpec":"SYMMETRIC_DEFAULT","origin":"AWS_KMS","multiRegion":false,"bypassPolicyLockoutSafetyCheck":false,"tags":[{"tagKey":"team","tagValue":"$word"}]}"#, r#"{"keyMetadata":{"aWSAccountId":"$account","keyId":"$uuid","arn":"arn:aws:kms:$region:$account:key/$uuid","creationDate":"$date","enabled":true,"description":"$word","keyUsage":"ENCRYPT_DECRYPT","keyState":"Enabled","origin":"AWS_KMS","keyManager":"CUSTOMER","customerMasterKeySpec":"SYMMETRIC_DEFAULT","keySpec":"SYMMETRIC_DEFAULT","encryptionAlgorithms":["SYMMETRIC_DEFAULT"],"multiRegion":false}}"#)
        .on(r#"[{"accountId":"$account","type":"AWS::KMS::Key","ARN":"arn:aws:kms:$region:$account:key/$uuid"}]"#),
    read("secretsmanager", "GetSecretValue", r#"{"secretId":"arn:aws:secretsmanager:$region:$account:secret:$secretid"}"#)
        .failing(&[fail(8, "ResourceNotFoundException", "Secrets Manager can't find the specified secret.")]),
    read("secretsmanager", "DescribeSecret", r#"{"secretId":"$secret"}"#),
    read("secretsmanager", "ListSecrets", r#"{"maxResults":100}"#),
    read("secretsmanager", "GetResourcePolicy", r#"{"secretId":"arn:aws:secretsmanager:$region:$account:secret:$secretid"}"#),
    write("secretsmanager", "PutSecretValue", r#"{"clientRequestToken":"$uuid","secretId":"$secret","versionStages":["AWSCURRENT"]}"#, r#"{"arn":"arn:aws:secretsmanager:$region:$account:secret:$secretid"}"#),
    write("secretsmanager", "UpdateSecretVersionStage", r#"{"secretId":"$secret","versionStage":"AWSCURRENT","moveToVersionId":"$uuid","removeFromVersionId":"$uuid_2"}"#, r#"{"arn":"arn:aws:secretsmanager:$region:$account:secret:$secretid"}"#),
];
