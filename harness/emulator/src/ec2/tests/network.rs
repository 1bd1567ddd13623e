//! VPCs, subnets, interfaces and tags at their wire.

use super::{SUBNET, VPC, site};

#[test]
fn a_furnished_vpc_is_described() {
    let mut site = site();
    let vpcs = site.ok("DescribeVpcs", &[]);
    for (name, value) in [
        ("vpcId", VPC),
        ("cidrBlock", "10.4.0.0/16"),
        ("state", "available"),
        ("ownerId", super::ACCOUNT),
    ] {
        assert_eq!(vpcs.text(name), value, "{}", vpcs.body);
    }
    let subnets =
        site.ok("DescribeSubnets", &[("Filter.1.Name", "vpc-id"), ("Filter.1.Value.1", VPC)]);
    assert_eq!(subnets.text("subnetId"), SUBNET);
    assert_eq!(subnets.text("availableIpAddressCount"), "4091");
    assert_eq!(subnets.text("availabilityZoneId"), "usw2-az1");
    let other = site.send("222222222222", "ec2", "2016-11-15", "DescribeVpcs", &[]);
    assert_eq!(other.count("vpcId"), 0, "another account has none");
    let absent = site.ec2("DescribeVpcs", &[("VpcId.1", "vpc-1")]);
    assert_eq!((absent.status, absent.text("Code").as_str()), (400, "InvalidVpcID.NotFound"));
    assert_eq!(absent.text("Message"), "The vpc ID 'vpc-1' does not exist");
}

#[test]
fn a_network_is_made_and_taken_down() {
    let mut site = site();
    let vpc = site.ok("CreateVpc", &[("CidrBlock", "10.9.7.1/16")]);
    assert_eq!(
        (vpc.text("cidrBlock"), vpc.text("state")),
        ("10.9.0.0/16".into(), "pending".into())
    );
    let vpc = vpc.text("vpcId");
    let place = [("VpcId", vpc.as_str()), ("CidrBlock", "10.9.0.0/28")];
    let subnet = site.ok("CreateSubnet", &place).text("subnetId");
    let nic = site.ok("CreateNetworkInterface", &[("SubnetId", &subnet), ("Description", "x")]);
    assert_eq!(nic.text("privateIpAddress"), "10.9.0.4");
    let nic = nic.text("networkInterfaceId");
    assert_eq!((vpc.len(), subnet.len(), nic.len()), (21, 24, 21));
    for (action, parameters, code) in [
        ("CreateVpc", vec![("CidrBlock", "10.0.0.0/8")], "InvalidVpc.Range"),
        ("CreateVpc", vec![("CidrBlock", "ten")], "InvalidParameterValue"),
        ("CreateVpc", vec![], "MissingParameter"),
        (
            "CreateSubnet",
            vec![("VpcId", vpc.as_str()), ("CidrBlock", "10.8.0.0/24")],
            "InvalidSubnet.Range",
        ),
        (
            "CreateSubnet",
            vec![("VpcId", &vpc), ("CidrBlock", "10.9.0.0/24")],
            "InvalidSubnet.Conflict",
        ),
        (
            "CreateSubnet",
            vec![("VpcId", "vpc-1"), ("CidrBlock", "10.9.0.0/24")],
            "InvalidVpcID.NotFound",
        ),
        ("CreateNetworkInterface", vec![("SubnetId", "subnet-1")], "InvalidSubnetID.NotFound"),
        (
            "CreateNetworkInterface",
            vec![("SubnetId", &subnet), ("PrivateIpAddress", "10.9.0.4")],
            "InvalidIPAddress.InUse",
        ),
        ("DeleteVpc", vec![("VpcId", &vpc)], "DependencyViolation"),
        ("DeleteSubnet", vec![("SubnetId", &subnet)], "DependencyViolation"),
        (
            "DeleteNetworkInterface",
            vec![("NetworkInterfaceId", "eni-1")],
            "InvalidNetworkInterfaceID.NotFound",
        ),
    ] {
        let answer = site.ec2(action, &parameters);
        assert_eq!(answer.text("Code"), code, "{action}: {}", answer.body);
    }
    let done = site.ok("DeleteNetworkInterface", &[("NetworkInterfaceId", &nic)]);
    assert_eq!(done.text("return"), "true");
    site.ok("DeleteSubnet", &[("SubnetId", &subnet)]);
    site.ok("DeleteVpc", &[("VpcId", &vpc)]);
    assert_eq!(site.ok("DescribeVpcs", &[]).count("vpcId"), 1);
    let zones = site.ok("DescribeAvailabilityZones", &[]);
    assert_eq!((zones.count("zoneName"), zones.text("zoneName")), (3, "us-west-2a".into()));
}

#[test]
fn a_vpc_quota_is_kept() {
    let mut site = site();
    for _ in 0..4 {
        site.ok("CreateVpc", &[("CidrBlock", "10.9.0.0/16")]);
    }
    let fifth = site.ec2("CreateVpc", &[("CidrBlock", "10.9.0.0/16")]);
    assert_eq!(fifth.text("Code"), "VpcLimitExceeded");
}

#[test]
fn tags_are_made_listed_and_taken_away() {
    let mut site = site();
    let tags = [
        ("ResourceId.1", VPC),
        ("ResourceId.2", SUBNET),
        ("Tag.1.Key", "team"),
        ("Tag.1.Value", "net & more"),
        ("Tag.2.Key", "empty"),
    ];
    site.ok("CreateTags", &tags);
    let all = site.ok("DescribeTags", &[]);
    assert_eq!(all.count("resourceId"), 4);
    let some = [("Filter.1.Name", "resource-type"), ("Filter.1.Value.1", "subnet")];
    assert_eq!(site.ok("DescribeTags", &some).count("resourceId"), 2);
    let by_tag = [("Filter.1.Name", "tag:team"), ("Filter.1.Value.1", "net*")];
    let vpcs = site.ok("DescribeVpcs", &by_tag);
    assert_eq!((vpcs.count("vpcId"), vpcs.text("value")), (1, String::new()));
    assert!(vpcs.body.contains("<value>net &amp; more</value>"), "{}", vpcs.body);
    let by_value = [("ResourceId.1", VPC), ("Tag.1.Key", "team"), ("Tag.1.Value", "other")];
    site.ok("DeleteTags", &by_value);
    site.ok("DeleteTags", &[("ResourceId.1", SUBNET)]);
    assert_eq!(site.ok("DescribeTags", &[]).count("resourceId"), 2);
    site.ok("DeleteTags", &[("ResourceId.1", VPC), ("Tag.1.Key", "team")]);
    assert_eq!(site.ok("DescribeTags", &[]).count("resourceId"), 1);
    for (id, key, code) in [
        ("vpc-1", "k", "InvalidVpcID.NotFound"),
        ("i-1", "k", "InvalidID"),
        (VPC, "aws:k", "InvalidParameterValue"),
        (VPC, "", "MissingParameter"),
    ] {
        let answer = site.ec2("CreateTags", &[("ResourceId.1", id), ("Tag.1.Key", key)]);
        assert_eq!(answer.text("Code"), code, "{}", answer.body);
    }
}
