//! The long tail: reads that come now and then, with no or few parameters.

/// Services and names.
pub(super) const NAMES: &[(&str, &str)] = &[
    (
        "ec2",
        "DescribeBundleTasks DescribeCapacityReservations DescribeCarrierGateways DescribeClassicLinkInstances DescribeClientVpnEndpoints DescribeCustomerGateways DescribeDhcpOptions DescribeEgressOnlyInternetGateways DescribeExportTasks DescribeFastSnapshotRestores DescribeFleets DescribeFpgaImages DescribeHosts DescribeHostReservations DescribeIamInstanceProfileAssociations DescribeImportImageTasks DescribeInstanceEventWindows DescribeInstanceTypeOfferings DescribeIpamPools DescribeIpams DescribeLocalGateways DescribeManagedPrefixLists DescribeMovingAddresses DescribeNetworkInsightsPaths DescribeNetworkInterfacePermissions DescribePlacementGroups DescribePrefixLists DescribePublicIpv4Pools DescribeReplaceRootVolumeTasks DescribeReservedInstances DescribeReservedInstancesListings DescribeSnapshotTierStatus DescribeSpotFleetRequests DescribeSpotInstanceRequests DescribeSpotPriceHistory DescribeStoreImageTasks DescribeTrafficMirrorSessions DescribeTransitGatewayAttachments DescribeTransitGatewayRouteTables DescribeTransitGateways DescribeTrunkInterfaceAssociations DescribeVerifiedAccessInstances DescribeVolumesModifications DescribeVpcClassicLink DescribeVpcEndpointConnections DescribeVpcEndpointServiceConfigurations DescribeVpcPeeringConnections DescribeVpnConnections DescribeVpnGateways GetEbsDefaultKmsKeyId GetManagedPrefixListEntries GetSerialConsoleAccessStatus GetSnapshotBlockPublicAccessState GetImageBlockPublicAccessState",
    ),
    (
        "iam",
        "GetAccountAuthorizationDetails GetContextKeysForPrincipalPolicy GetGroup GetGroupPolicy GetMFADevice GetOrganizationsAccessReport GetSAMLProvider GetSSHPublicKey GetServerCertificate GetServiceLastAccessedDetails GetUserPolicy ListAccountAliases ListAttachedGroupPolicies ListEntitiesForPolicy ListGroupPolicies ListGroups ListInstanceProfiles ListOpenIDConnectProviders ListPolicyTags ListPolicyVersions ListRoleTags ListSAMLProviders ListSSHPublicKeys ListServerCertificates ListServiceSpecificCredentials ListSigningCertificates ListUserTags ListVirtualMFADevices",
    ),
    (
        "ssm",
        "DescribeActivations DescribeAssociation DescribeAssociationExecutions DescribeAutomationExecutions DescribeAvailablePatches DescribeInstancePatchStates DescribeMaintenanceWindows DescribeOpsItems DescribePatchBaselines DescribePatchGroups DescribeSessions GetConnectionStatus GetDeployablePatchSnapshotForInstance GetInventory GetInventorySchema GetMaintenanceWindow GetServiceSetting ListAssociations ListComplianceItems ListDocuments ListInventoryEntries ListOpsMetadata ListResourceDataSync ListTagsForResource",
    ),
    (
        "rds",
        "DescribeAccountAttributes DescribeBlueGreenDeployments DescribeCertificates DescribeDBClusterEndpoints DescribeDBClusterParameterGroups DescribeDBClusterParameters DescribeDBClusterSnapshots DescribeDBEngineVersions DescribeDBLogFiles DescribeDBParameterGroups DescribeDBProxies DescribeDBSecurityGroups DescribeDBSnapshotAttributes DescribeDBSubnetGroups DescribeEventCategories DescribeEventSubscriptions DescribeEvents DescribeExportTasks DescribeGlobalClusters DescribeOptionGroups DescribeOrderableDBInstanceOptions DescribePendingMaintenanceActions DescribeReservedDBInstances",
    ),
    (
        "lambda",
        "GetAccountSettings20160819 GetAlias20150331 GetEventSourceMapping20150331 GetFunctionConcurrency GetFunctionEventInvokeConfig GetFunctionUrlConfig GetLayerVersion20181031 GetProvisionedConcurrencyConfig ListAliases20150331 ListCodeSigningConfigs ListFunctionEventInvokeConfigs ListFunctionUrlConfigs ListLayerVersions20181031 ListLayers20181031",
    ),
    (
        "elasticloadbalancing",
        "DescribeAccountLimits DescribeInstanceHealth DescribeListenerCertificates DescribeLoadBalancerAttributes DescribeLoadBalancerPolicies DescribeSSLPolicies DescribeTargetGroupAttributes DescribeTrustStores",
    ),
    (
        "autoscaling",
        "DescribeAccountLimits DescribeInstanceRefreshes DescribeLaunchConfigurations DescribeLifecycleHooks DescribeLoadBalancerTargetGroups DescribeLoadBalancers DescribeMetricCollectionTypes DescribeNotificationConfigurations DescribePolicies DescribeScheduledActions DescribeTags DescribeWarmPool",
    ),
    (
        "monitoring",
        "DescribeAlarmHistory DescribeAnomalyDetectors DescribeInsightRules GetMetricStream ListDashboards ListMetricStreams ListTagsForResource",
    ),
    (
        "logs",
        "DescribeAccountPolicies DescribeDeliveries DescribeDestinations DescribeExportTasks DescribeIndexPolicies DescribeQueries DescribeQueryDefinitions DescribeResourcePolicies GetDataProtectionPolicy GetLogGroupFields ListLogAnomalyDetectors",
    ),
    (
        "ecs",
        "DescribeCapacityProviders DescribeContainerInstances ListAccountSettings ListClusters ListContainerInstances ListServices ListTagsForResource ListTaskDefinitionFamilies ListTaskDefinitions",
    ),
    (
        "ecr",
        "BatchCheckLayerAvailability BatchGetRepositoryScanningConfiguration DescribeImageScanFindings DescribeRegistry GetLifecyclePolicy GetRegistryPolicy GetRepositoryPolicy ListImages ListTagsForResource",
    ),
    (
        "eks",
        "DescribeAddon DescribeAddonVersions DescribeFargateProfile ListAccessEntries ListAddons ListFargateProfiles ListIdentityProviderConfigs ListNodegroups ListUpdates",
    ),
    (
        "config",
        "DescribeAggregationAuthorizations DescribeConfigRuleEvaluationStatus DescribeConfigurationRecorders DescribeConformancePacks DescribeDeliveryChannelStatus DescribeDeliveryChannels DescribeRemediationConfigurations DescribeRetentionConfigurations GetComplianceDetailsByConfigRule GetComplianceSummaryByConfigRule GetDiscoveredResourceCounts GetResourceConfigHistory ListDiscoveredResources SelectResourceConfig",
    ),
    (
        "cloudtrail",
        "GetInsightSelectors GetTrail ListChannels ListEventDataStores ListPublicKeys ListTags ListTrails",
    ),
    (
        "guardduty",
        "DescribeOrganizationConfiguration GetAdministratorAccount GetFindings GetFindingsStatistics GetMalwareScanSettings GetMemberDetectors ListCoverage ListFilters ListIPSets ListInvitations ListMembers ListOrganizationAdminAccounts ListPublishingDestinations ListThreatIntelSets",
    ),
    (
        "securityhub",
        "DescribeProducts DescribeStandards DescribeStandardsControls GetEnabledStandards GetInsights ListEnabledProductsForImport ListFindingAggregators ListSecurityControlDefinitions",
    ),
    (
        "dynamodb",
        "DescribeContributorInsights DescribeEndpoints DescribeGlobalTable DescribeKinesisStreamingDestination DescribeLimits DescribeTimeToLive ListBackups ListExports ListGlobalTables ListTagsOfResource",
    ),
    (
        "cloudformation",
        "BatchDescribeTypeConfigurations DescribeChangeSet DescribeStackResource DescribeStackResources DescribeStackSet DescribeType GetStackPolicy GetTemplate GetTemplateSummary ListChangeSets ListExports ListImports ListStackInstances ListStackResources ListStackSets ListTypes",
    ),
    (
        "kinesis",
        "DescribeLimits DescribeStreamConsumer ListShards ListStreamConsumers ListStreams ListTagsForStream",
    ),
    (
        "sns",
        "GetEndpointAttributes GetSMSAttributes GetSubscriptionAttributes ListPlatformApplications ListSubscriptions ListTagsForResource ListTopics",
    ),
    ("sqs", "GetQueueUrl ListDeadLetterSourceQueues ListQueueTags"),
    (
        "route53",
        "GetHealthCheck GetHostedZone GetHostedZoneCount ListHealthChecks ListHostedZonesByVPC ListQueryLoggingConfigs ListResourceRecordSets ListTagsForResource",
    ),
    (
        "cloudfront",
        "GetCachePolicy GetDistribution GetDistributionConfig GetInvalidation ListCachePolicies ListDistributions ListFunctions ListOriginAccessControls ListTagsForResource",
    ),
    (
        "organizations",
        "DescribeAccount DescribeOrganizationalUnit DescribePolicy ListAWSServiceAccessForOrganization ListAccounts ListDelegatedAdministrators ListOrganizationalUnitsForParent ListParents ListPolicies ListRoots ListTagsForResource",
    ),
    (
        "elasticfilesystem",
        "DescribeAccessPoints DescribeBackupPolicy DescribeFileSystemPolicy DescribeFileSystems DescribeLifecycleConfiguration DescribeMountTargets",
    ),
    (
        "elasticache",
        "DescribeCacheClusters DescribeCacheParameterGroups DescribeCacheSubnetGroups DescribeReplicationGroups DescribeSnapshots DescribeUsers ListTagsForResource",
    ),
    (
        "wafv2",
        "GetLoggingConfiguration GetWebACL GetWebACLForResource ListIPSets ListResourcesForWebACL ListRuleGroups ListWebACLs",
    ),
    (
        "backup",
        "DescribeBackupVault GetBackupPlan GetBackupVaultAccessPolicy ListBackupJobs ListBackupPlans ListBackupSelections ListBackupVaults ListProtectedResources ListRecoveryPointsByBackupVault",
    ),
    (
        "access-analyzer",
        "GetAnalyzer GetFinding ListAnalyzers ListArchiveRules ListFindings ListFindingsV2 ValidatePolicy",
    ),
    (
        "events",
        "DescribeEventBus DescribeRule ListEventBuses ListRules ListTargetsByRule ListTagsForResource",
    ),
    (
        "es",
        "DescribeDomain DescribeDomainConfig DescribeDomains GetUpgradeHistory ListDomainNames ListTags",
    ),
    ("firehose", "DescribeDeliveryStream ListDeliveryStreams ListTagsForDeliveryStream"),
    (
        "states",
        "DescribeExecution DescribeStateMachine GetExecutionHistory ListExecutions ListStateMachines ListTagsForResource",
    ),
    (
        "apigateway",
        "GetApiKeys GetAuthorizers GetDeployments GetDomainNames GetResources GetRestApis GetStages GetUsagePlans GetVpcLinks",
    ),
    (
        "inspector2",
        "BatchGetAccountStatus DescribeOrganizationConfiguration GetConfiguration ListCoverage ListFindings",
    ),
    (
        "glue",
        "GetConnections GetCrawlers GetDatabases GetJobRuns GetJobs GetPartitions GetTable GetTables GetTags",
    ),
    (
        "athena",
        "BatchGetQueryExecution GetDataCatalog GetQueryExecution GetWorkGroup ListQueryExecutions ListWorkGroups",
    ),
    (
        "servicequotas",
        "GetServiceQuota ListRequestedServiceQuotaChangeHistory ListServiceQuotas ListServices",
    ),
    ("ssm-incidents", "ListReplicationSets ListResponsePlans"),
    (
        "compute-optimizer",
        "GetEC2InstanceRecommendations GetEnrollmentStatus GetRecommendationSummaries",
    ),
    ("health", "DescribeAffectedEntities DescribeEventDetails DescribeEvents"),
    (
        "support",
        "DescribeCases DescribeServices DescribeTrustedAdvisorChecks DescribeTrustedAdvisorCheckSummaries",
    ),
    ("ce", "GetCostForecast GetDimensionValues GetReservationUtilization GetSavingsPlansCoverage"),
    ("kms", "GetPublicKey ListGrants ListKeyPolicies ListRetirableGrants"),
    ("secretsmanager", "ListSecretVersionIds"),
    ("acm", "DescribeCertificate GetAccountConfiguration ListTagsForCertificate"),
    ("transfer", "DescribeServer ListServers ListUsers"),
    (
        "redshift",
        "DescribeClusterParameters DescribeClusterSubnetGroups DescribeClusters DescribeLoggingStatus",
    ),
    (
        "elasticmapreduce",
        "DescribeCluster GetBlockPublicAccessConfiguration ListClusters ListInstances",
    ),
];

/// The parameters of such a read.
pub(super) fn request(service: &str, name: &str) -> &'static str {
    match service {
        "ec2" if name.starts_with("Get") => "null",
        "ec2" => r#"{"maxResults":1000,"filterSet":{}}"#,
        "iam" if name.starts_with("List") => r#"{"maxItems":1000}"#,
        "iam" => r#"{"userName":"$user"}"#,
        "rds" | "elasticache" | "autoscaling" => r#"{"maxRecords":100}"#,
        "lambda" if name.starts_with("Get") => r#"{"functionName":"$function"}"#,
        "elasticloadbalancing" => {
            r#"{"loadBalancerArn":"arn:aws:elasticloadbalancing:$region:$account:loadbalancer/$balancer"}"#
        }
        "guardduty" => r#"{"detectorId":"$hex32","maxResults":50}"#,
        "cloudformation" => r#"{"stackName":"$stack"}"#,
        "ecs" => r#"{"cluster":"$cluster","maxResults":100}"#,
        "eks" => r#"{"name":"$cluster","maxResults":100}"#,
        "ecr" => r#"{"repositoryName":"$repository","maxResults":100}"#,
        "dynamodb" => r#"{"tableName":"$table"}"#,
        "kms" => r#"{"keyId":"$key","limit":100}"#,
        _ => match name.len() % 3 {
            0 => "null",
            1 => r#"{"maxResults":100}"#,
            _ => r#"{"maxResults":50,"nextToken":"$code88"}"#,
        },
    }
}
