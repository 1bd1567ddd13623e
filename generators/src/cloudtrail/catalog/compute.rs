//! Systems Manager, Lambda, containers, databases, logs, metrics and the rest.

use super::{Api, fail, read, write};

const NO_FUNCTION: &str =
    "Function not found: arn:aws:lambda:$region:$account:function:$word-$hex6";

pub(super) const APIS: &[Api] = &[
    write("ssm", "UpdateInstanceInformation", r#"{"instanceId":"$callersession","agentVersion":"3.3.$num3.0","agentStatus":"Active","platformType":"Linux","platformName":"Amazon Linux","platformVersion":"2023","iPAddress":"$callerhost","computerName":"ip-$callerhost","agentName":"amazon-ssm-agent","availabilityZone":"${region}a","availabilityZoneId":"","sSMConnectionChannel":"ssmmessages"}"#, "null"),
    read("ssm", "ListInstanceAssociations", r#"{"instanceId":"$callersession","maxResults":20}"#),
    read("ssm", "GetParameter", r#"{"name":"$parameter","withDecryption":true}"#)
        .on(r#"[{"accountId":"$account","ARN":"arn:aws:ssm:$region:$account:parameter$parameter"}]"#)
        .failing(&[fail(12, "ParameterNotFound", "Parameter $parameter not found.")]),
    read("ssm", "GetParameters", r#"{"names":["$parameter","$parameter_2"],"withDecryption":true}"#),
    read("ssm", "GetParametersByPath", r#"{"path":"/prod/$word","recursive":true,"withDecryption":true,"maxResults":10}"#),
    read("ssm", "DescribeInstanceInformation", r#"{"maxResults":50,"filters":[{"key":"PingStatus","values":["Online"]}]}"#),
    read("ssm", "DescribeParameters", r#"{"maxResults":50}"#),
    read("ssm", "DescribeDocument", r#"{"name":"AWS-RunPatchBaseline"}"#)
        .failing(&[fail(8, "InvalidDocument", "Document with name AWS-$word does not exist.")]),
    read("ssm", "GetDocument", r#"{"name":"AWS-GatherSoftwareInventory","documentVersion":"$$LATEST"}"#),
    read("ssm", "ListCommands", r#"{"maxResults":50}"#),
    read("ssm", "GetCommandInvocation", r#"{"commandId":"$uuid","instanceId":"$instance"}"#)
        .failing(&[fail(40, "InvocationDoesNotExist", "")]),
    write("ssm", "SendCommand", r#"{"instanceIds":["$instance"],"documentName":"AWS-RunShellScript","timeoutSeconds":600,"parameters":"HIDDEN_DUE_TO_SECURITY_REASONS","comment":"$word","interactive":false}"#, r#"{"command":{"commandId":"$uuid","documentName":"AWS-RunShellScript","documentVersion":"$$DEFAULT","comment":"$word","instanceIds":["$instance"],"status":"Pending","targetCount":1,"completedCount":0,"errorCount":0,"timeoutSeconds":600}}"#)
        .failing(&[fail(60, "InvalidInstanceId", "Instances [[i-0$hex16]] not in a valid state for account $account")]),
    write("ssm", "StartSession", r#"{"target":"$instance"}"#, r#"{"sessionId":"$word-0$hex16","tokenValue":"Value hidden due to security reasons.","streamUrl":"wss://ssmmessages.$region.amazonaws.com/v1/data-channel/$word-0$hex16?role=publish_subscribe"}"#)
        .failing(&[fail(40, "TargetNotConnected", "$instance is not connected.")]),
    write("ssm", "PutInventory", r#"{"instanceId":"$callersession"}"#, "null"),
    write("ssm", "UpdateInstanceAssociationStatus", r#"{"associationId":"$uuid","instanceId":"$callersession","executionResult":{"executionSummary":"1 out of 1 plugin processed, 1 success, 0 failed, 0 timedout, 0 skipped. ","status":"Success","executionDate":"$date"}}"#, "null"),
    write("ssm", "OpenControlChannel", r#"{"controlChannelId":"$callersession"}"#, "null"),
    read("lambda", "ListFunctions20150331", r#"{"maxItems":50}"#),
    read("lambda", "GetFunction20150331v2", r#"{"functionName":"$function"}"#)
        .failing(&[fail(14, "ResourceNotFoundException", NO_FUNCTION)]),
    read("lambda", "GetFunctionConfiguration20150331v2", r#"{"functionName":"$function"}"#),
    read("lambda", "GetPolicy20150331v2", r#"{"functionName":"$function"}"#)
        .failing(&[fail(240, "ResourceNotFoundException", "The resource you requested does not exist.")]),
    read("lambda", "ListVersionsByFunction20150331", r#"{"functionName":"$function","maxItems":50}"#),
    read("lambda", "GetFunctionCodeSigningConfig", r#"{"functionName":"$function"}"#),
    read("lambda", "ListEventSourceMappings20150331", r#"{"functionName":"$function","maxItems":100}"#),
    read("lambda", "ListTags20170331", r#"{"resource":"arn:aws:lambda:$region:$account:function:$function"}"#),
    write("lambda", "UpdateFunctionCode20150331v2", r#"{"functionName":"$function","s3Bucket":"$bucket","s3Key":"$object","publish":false,"dryRun":false}"#, r#"{"functionName":"$function","functionArn":"arn:aws:lambda:$region:$account:function:$function","runtime":"python3.12","role":"arn:aws:iam::$account:role$rolepath$role","handler":"app.handler","codeSize":$num7,"description":"","timeout":30,"memorySize":512,"lastModified":"$time","codeSha256":"$code43=","version":"$$LATEST","vpcConfig":{"subnetIds":[],"securityGroupIds":[],"vpcId":"","ipv6AllowedForDualStack":false},"environment":{},"tracingConfig":{"mode":"PassThrough"},"revisionId":"$uuid","state":"Active","lastUpdateStatus":"InProgress","packageType":"Zip","architectures":["arm64"],"ephemeralStorage":{"size":512},"snapStart":{"applyOn":"None","optimizationStatus":"Off"},"loggingConfig":{"logFormat":"Text","logGroup":"/aws/lambda/$function"}}"#)
        .failing(&[fail(60, "ResourceConflictException", "The operation cannot be performed at this time. An update is in progress for resource: arn:aws:lambda:$region:$account:function:$function")]),
    write("lambda", "UpdateFunctionConfiguration20150331v2", r#"{"functionName":"$function","timeout":30,"memorySize":1024,"environment":{}}"#, r#"{"functionName":"$function","functionArn":"arn:aws:lambda:$region:$account:function:$function","runtime":"nodejs20.x","role":"arn:aws:iam::$account:role$rolepath$role","timeout":30,"memorySize":1024,"lastModified":"$time","revisionId":"$uuid","lastUpdateStatus":"InProgress"}"#),
    write("lambda", "PublishVersion20150331", r#"{"functionName":"$function"}"#, r#"{"functionName":"$function","functionArn":"arn:aws:lambda:$region:$account:function:$function:$num2","version":"$num2","revisionId":"$uuid"}"#),
    read("logs", "DescribeLogGroups", r#"{"logGroupNamePrefix":"$loggroup","limit":50}"#),
    read("logs", "DescribeLogStreams", r#"{"logGroupName":"$loggroup","orderBy":"LastEventTime","descending":true,"limit":50}"#)
        .failing(&[fail(16, "ResourceNotFoundException", "The specified log group does not exist.")]),
    read("logs", "DescribeMetricFilters", r#"{"logGroupName":"$loggroup"}"#),
    read("logs", "DescribeSubscriptionFilters", r#"{"logGroupName":"$loggroup"}"#),
    read("logs", "ListTagsForResource", r#"{"resourceArn":"arn:aws:logs:$region:$account:log-group:$loggroup"}"#),
    write("logs", "CreateLogStream", r#"{"logGroupName":"$loggroup","logStreamName":"$day/[$$LATEST]$hex32"}"#, "null")
        .failing(&[fail(20, "ResourceAlreadyExistsException", "The specified log stream already exists")]),
    write("logs", "CreateLogGroup", r#"{"logGroupName":"$loggroup"}"#, "null")
        .failing(&[fail(500, "ResourceAlreadyExistsException", "The specified log group already exists")]),
    write("logs", "PutRetentionPolicy", r#"{"logGroupName":"$loggroup","retentionInDays":30}"#, "null"),
    write("logs", "StartQuery", r#"{"logGroupName":"$loggroup","startTime":$epoch,"endTime":$epoch,"queryString":"HIDDEN_DUE_TO_SECURITY_REASONS","limit":1000}"#, r#"{"queryId":"$uuid"}"#),
    read("monitoring", "DescribeAlarms", r#"{"alarmNames":["$alarm"],"maxRecords":100}"#),
    read("monitoring", "ListMetrics", r#"{"namespace":"AWS/EC2","metricName":"CPUUtilization"}"#),
    read("monitoring", "GetDashboard", r#"{"dashboardName":"$word"}"#)
        .failing(&[fail(40, "ResourceNotFound", "Dashboard $word does not exist")]),
    read("monitoring", "DescribeAlarmsForMetric", r#"{"metricName":"CPUUtilization","namespace":"AWS/EC2","dimensions":[{"name":"InstanceId","value":"$instance"}]}"#),
    write("monitoring", "PutMetricAlarm", r#"{"alarmName":"$alarm","actionsEnabled":true,"alarmActions":["arn:aws:sns:$region:$account:$topic"],"metricName":"5XXError","namespace":"AWS/ApplicationELB","statistic":"Sum","dimensions":[{"name":"LoadBalancer","value":"$balancer"}],"period":60,"evaluationPeriods":5,"threshold":10.0,"comparisonOperator":"GreaterThanThreshold","treatMissingData":"notBreaching"}"#, "null"),
    read("rds", "DescribeDBInstances", r#"{"dBInstanceIdentifier":"$database"}"#)
        .failing(&[fail(12, "DBInstanceNotFoundFault", "DBInstance $word-$hex4 not found.")]),
    read("rds", "DescribeDBClusters", r#"{"includeShared":false,"maxRecords":100}"#),
    read("rds", "ListTagsForResource", r#"{"resourceName":"arn:aws:rds:$region:$account:db:$database"}"#),
    read("rds", "DescribeDBSnapshots", r#"{"dBInstanceIdentifier":"$database","maxRecords":100}"#),
    read("rds", "DescribeDBParameters", r#"{"dBParameterGroupName":"default.$engine","maxRecords":100}"#),
    write("rds", "CreateDBSnapshot", r#"{"dBSnapshotIdentifier":"$database-$hex6","dBInstanceIdentifier":"$database"}"#, r#"{"dBSnapshotIdentifier":"$database-$hex6","dBInstanceIdentifier":"$database","engine":"$engine","allocatedStorage":100,"status":"creating","port":5432,"availabilityZone":"$zone","vpcId":"$vpc","masterUsername":"****","snapshotType":"manual","percentProgress":0,"storageType":"gp3","encrypted":true,"kmsKeyId":"arn:aws:kms:$region:$account:key/$key","dBSnapshotArn":"arn:aws:rds:$region:$account:snapshot:$database-$hex6","iAMDatabaseAuthenticationEnabled":false,"dbiResourceId":"$databaseid"}"#)
        .on(r#"[{"accountId":"$account","type":"AWS::RDS::DBSnapshot","ARN":"arn:aws:rds:$region:$account:snapshot:$database-$hex6"}]"#),
    read("elasticloadbalancing", "DescribeLoadBalancers", r#"{"loadBalancerArns":["arn:aws:elasticloadbalancing:$region:$account:loadbalancer/$balancer"]}"#),
    read("elasticloadbalancing", "DescribeTargetHealth", r#"{"targetGroupArn":"arn:aws:elasticloadbalancing:$region:$account:$targets"}"#)
        .failing(&[fail(10, "TargetGroupNotFoundException", "One or more target groups not found")]),
    read("elasticloadbalancing", "DescribeTargetGroups", r#"{"loadBalancerArn":"arn:aws:elasticloadbalancing:$region:$account:loadbalancer/$balancer"}"#),
    read("elasticloadbalancing", "DescribeListeners", r#"{"loadBalancerArn":"arn:aws:elasticloadbalancing:$region:$account:loadbalancer/$balancer"}"#),
    read("elasticloadbalancing", "DescribeRules", r#"{"listenerArn":"arn:aws:elasticloadbalancing:$region:$account:listener/$balancer/$hex16"}"#),
    read("elasticloadbalancing", "DescribeTags", r#"{"resourceArns":["arn:aws:elasticloadbalancing:$region:$account:loadbalancer/$balancer"]}"#),
    write("elasticloadbalancing", "RegisterTargets", r#"{"targetGroupArn":"arn:aws:elasticloadbalancing:$region:$account:$targets","targets":[{"id":"$instanceip","port":8080}]}"#, "null"),
    write("elasticloadbalancing", "DeregisterTargets", r#"{"targetGroupArn":"arn:aws:elasticloadbalancing:$region:$account:$targets","targets":[{"id":"$instanceip","port":8080}]}"#, "null"),
    read("autoscaling", "DescribeAutoScalingGroups", r#"{"autoScalingGroupNames":["$scaling"],"maxRecords":100}"#),
    read("autoscaling", "DescribeAutoScalingInstances", r#"{"instanceIds":["$instance"],"maxRecords":50}"#),
    read("autoscaling", "DescribeScalingActivities", r#"{"autoScalingGroupName":"$scaling","maxRecords":100}"#),
    write("autoscaling", "SetDesiredCapacity", r#"{"autoScalingGroupName":"$scaling","desiredCapacity":$num1,"honorCooldown":false}"#, "null"),
    write("autoscaling", "CompleteLifecycleAction", r#"{"lifecycleHookName":"drain","autoScalingGroupName":"$scaling","lifecycleActionToken":"$uuid","lifecycleActionResult":"CONTINUE","instanceId":"$instance"}"#, "null"),
    read("ecr", "GetAuthorizationToken", "null"),
    read("ecr", "BatchGetImage", r#"{"repositoryName":"$repository","imageIds":[{"imageTag":"$hex12"}],"acceptedMediaTypes":["application/vnd.docker.distribution.manifest.v2+json","application/vnd.oci.image.manifest.v1+json"],"registryId":"$account"}"#)
        .on(r#"[{"accountId":"$account","ARN":"arn:aws:ecr:$region:$account:repository/$repository"}]"#),
    read("ecr", "GetDownloadUrlForLayer", r#"{"repositoryName":"$repository","layerDigest":"sha256:$hex64","registryId":"$account"}"#)
        .on(r#"[{"accountId":"$account","ARN":"arn:aws:ecr:$region:$account:repository/$repository"}]"#),
    read("ecr", "DescribeRepositories", r#"{"maxResults":100}"#),
    read("ecr", "DescribeImages", r#"{"repositoryName":"$repository","maxResults":100}"#),
    write("ecr", "PutImage", r#"{"repositoryName":"$repository","imageTag":"$hex12","imageManifestMediaType":"application/vnd.docker.distribution.manifest.v2+json","registryId":"$account","imageManifest":"{\n   \"schemaVersion\": 2,\n   \"mediaType\": \"application/vnd.docker.distribution.manifest.v2+json\",\n   \"config\": {\n      \"digest\": \"sha256:$hex64\"\n   }\n}"}"#, r#"{"image":{"registryId":"$account","repositoryName":"$repository","imageId":{"imageDigest":"sha256:$hex64_2","imageTag":"$hex12"}}}"#)
        .on(r#"[{"accountId":"$account","ARN":"arn:aws:ecr:$region:$account:repository/$repository"}]"#),
    read("eks", "DescribeCluster", r#"{"name":"$cluster"}"#)
        .failing(&[fail(10, "ResourceNotFoundException", "No cluster found for name: $word-$hex4.")]),
    read("eks", "ListClusters", r#"{"maxResults":100}"#),
    read("eks", "DescribeNodegroup", r#"{"name":"$cluster","nodegroupName":"$nodegroup"}"#),
    read("ecs", "DescribeServices", r#"{"cluster":"$cluster","services":["$service"]}"#),
    read("ecs", "DescribeTasks", r#"{"cluster":"$cluster","tasks":["arn:aws:ecs:$region:$account:task/$cluster/$hex32"]}"#),
    read("ecs", "ListTasks", r#"{"cluster":"$cluster","serviceName":"$service","desiredStatus":"RUNNING"}"#),
    read("ecs", "DescribeTaskDefinition", r#"{"taskDefinition":"$service:$num2","include":["TAGS"]}"#),
    read("ecs", "DescribeClusters", r#"{"clusters":["$cluster"]}"#),
    write("ecs", "SubmitTaskStateChange", r#"{"cluster":"$cluster","task":"arn:aws:ecs:$region:$account:task/$cluster/$hex32","status":"RUNNING"}"#, r#"{"acknowledgment":"ACK"}"#),
    write("ecs", "DiscoverPollEndpoint", r#"{"containerInstance":"arn:aws:ecs:$region:$account:container-instance/$cluster/$hex32","cluster":"$cluster"}"#, r#"{"endpoint":"https://ecs-a-1.$region.amazonaws.com/","telemetryEndpoint":"https://ecs-t-1.$region.amazonaws.com/"}"#),
    write("ecs", "UpdateService", r#"{"cluster":"$cluster","service":"$service","taskDefinition":"$service:$num2","forceNewDeployment":true}"#, r#"{"service":{"serviceArn":"arn:aws:ecs:$region:$account:service/$cluster/$service","serviceName":"$service","clusterArn":"arn:aws:ecs:$region:$account:cluster/$cluster","status":"ACTIVE","desiredCount":2,"runningCount":2,"pendingCount":0,"launchType":"FARGATE","taskDefinition":"arn:aws:ecs:$region:$account:task-definition/$service:$num2","deployments":[{"id":"ecs-svc/$num18","status":"PRIMARY","desiredCount":2,"pendingCount":0,"runningCount":0}]}}"#),
    write("ecs", "RegisterTaskDefinition", r#"{"family":"$service","networkMode":"awsvpc","requiresCompatibilities":["FARGATE"],"cpu":"512","memory":"1024","executionRoleArn":"arn:aws:iam::$account:role/ecs-task-checkout","taskRoleArn":"arn:aws:iam::$account:role/ecs-task-checkout","containerDefinitions":[{"name":"$word","image":"$account.dkr.ecr.$region.amazonaws.com/$repository:$hex12","cpu":0,"essential":true,"portMappings":[{"containerPort":8080,"hostPort":8080,"protocol":"tcp"}],"logConfiguration":{"logDriver":"awslogs","options":{"awslogs-group":"$loggroup","awslogs-region":"$region","awslogs-stream-prefix":"$word"}}}]}"#, r#"{"taskDefinition":{"taskDefinitionArn":"arn:aws:ecs:$region:$account:task-definition/$service:$num2","family":"$service","revision":$num2,"status":"ACTIVE"}}"#),
    read("config", "DescribeConfigRules", r#"{"configRuleNames":["$word-encrypted-volumes"]}"#),
    read("config", "DescribeConfigurationRecorderStatus", "null"),
    read("config", "DescribeComplianceByConfigRule", r#"{"complianceTypes":["NON_COMPLIANT"]}"#),
    read("config", "BatchGetResourceConfig", r#"{"resourceKeys":[{"resourceType":"AWS::EC2::Instance","resourceId":"$instance"}]}"#),
    write("config", "PutEvaluations", r#"{"evaluations":[{"complianceResourceType":"AWS::EC2::Instance","complianceResourceId":"$instance","complianceType":"COMPLIANT","orderingTimestamp":"$date"}],"testMode":false}"#, r#"{"failedEvaluations":[]}"#),
    read("cloudtrail", "DescribeTrails", r#"{"trailNameList":[],"includeShadowTrails":true}"#),
    read("cloudtrail", "GetTrailStatus", r#"{"name":"arn:aws:cloudtrail:$region:$account:trail/management-events"}"#),
    read("cloudtrail", "GetEventSelectors", r#"{"trailName":"management-events"}"#),
    read("cloudtrail", "LookupEvents", r#"{"maxResults":50,"lookupAttributes":[{"attributeKey":"ResourceName","attributeValue":"$instance"}]}"#)
        .failing(&[fail(60, "ThrottlingException", "Rate exceeded")]),
    read("guardduty", "ListDetectors", r#"{"maxResults":"50"}"#),
    read("guardduty", "GetDetector", r#"{"detectorId":"$hex32"}"#)
        .failing(&[fail(30, "BadRequestException", "The request is rejected because the input detectorId is not owned by the current account.")]),
    read("guardduty", "ListFindings", r#"{"detectorId":"$hex32","maxResults":50}"#),
    read("securityhub", "DescribeHub", "null")
        .failing(&[fail(60, "InvalidAccessException", "Account $account is not subscribed to AWS Security Hub")]),
    read("securityhub", "GetFindings", r#"{"MaxResults":100,"Filters":{"RecordState":[{"Value":"ACTIVE","Comparison":"EQUALS"}]}}"#),
    read("dynamodb", "DescribeTable", r#"{"tableName":"$table"}"#)
        .on(r#"[{"accountId":"$account","type":"AWS::DynamoDB::Table","ARN":"arn:aws:dynamodb:$region:$account:table/$table"}]"#)
        .failing(&[fail(10, "ResourceNotFoundException", "Requested resource not found: Table: $word-$hex4 not found")]),
    read("dynamodb", "ListTables", r#"{"limit":100}"#),
    read("dynamodb", "DescribeContinuousBackups", r#"{"tableName":"$table"}"#),
    read("sqs", "GetQueueAttributes", r#"{"queueUrl":"https://sqs.$region.amazonaws.com/$account/$queue","attributeNames":["All"]}"#)
        .failing(&[fail(12, "AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist.")]),
    read("sqs", "ListQueues", "null"),
    read("sns", "GetTopicAttributes", r#"{"topicArn":"arn:aws:sns:$region:$account:$topic"}"#),
    read("sns", "ListSubscriptionsByTopic", r#"{"topicArn":"arn:aws:sns:$region:$account:$topic"}"#),
    read("kinesis", "DescribeStreamSummary", r#"{"streamName":"$stream"}"#),
    read("cloudformation", "DescribeStacks", r#"{"stackName":"$stack"}"#)
        .failing(&[fail(60, "ValidationException", "Stack with id $word-$hex4 does not exist")]),
    read("cloudformation", "DescribeStackEvents", r#"{"stackName":"arn:aws:cloudformation:$region:$account:stack/$stack/$stackid"}"#),
    read("cloudformation", "ListStacks", r#"{"stackStatusFilter":["CREATE_COMPLETE","UPDATE_COMPLETE"]}"#),
    write("cloudformation", "UpdateStack", r#"{"stackName":"$stack","capabilities":["CAPABILITY_IAM"],"usePreviousTemplate":true}"#, r#"{"stackId":"arn:aws:cloudformation:$region:$account:stack/$stack/$stackid"}"#)
        .failing(&[fail(120, "ValidationException", "No updates are to be performed.")]),
    read("tagging", "GetResources", r#"{"resourcesPerPage":100,"resourceTypeFilters":["ec2:instance"]}"#),
    read("health", "DescribeEventAggregates", r#"{"filter":{"eventStatusCodes":["open","upcoming"]},"aggregateField":"eventTypeCategory"}"#),
    read("organizations", "DescribeOrganization", "null"),
    read("ce", "GetCostAndUsage", r#"{"granularity":"DAILY","metrics":["UnblendedCost"],"timePeriod":{"start":"2026-01-01","end":"2026-01-31"}}"#),
    read("route53", "ListHostedZones", r#"{"maxItems":"100"}"#),
    read("acm", "ListCertificates", r#"{"maxItems":100,"includes":{"keyTypes":["RSA_2048","EC_prime256v1"]}}"#),
];
