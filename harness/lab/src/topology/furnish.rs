//! What is there before anybody sets up logging: the networks of all accounts, and the ids that
//! their detectors will have.

use tributary_emulator::{ec2, guardduty};
use tributary_generators::Inventory;
use tributary_vocabulary::Seed;

use super::Plan;
use crate::driver::SharedCore;

/// Gives every account the VPCs and subnets that the world of this seed has.
pub(crate) fn furnish(core: &SharedCore, plan: &Plan, world_seed: Seed) {
    let region = &plan.names.region;
    let accounts = plan.accounts.all();
    let inventory = Inventory::new(world_seed, region.clone(), accounts.clone());
    core.lock().with_world(|world| {
        for account in accounts {
            // Findings name the detector that made them.
            let detector_id = inventory.detector_id(account);
            guardduty::reserve_detector_id(world, account, region, &detector_id);
            for vpc in inventory.vpcs(account) {
                let subnets = vpc.subnets.into_iter().map(|subnet| ec2::FurnishedSubnet {
                    subnet_id: subnet.subnet_id,
                    cidr: subnet.cidr,
                    availability_zone: subnet.availability_zone,
                });
                let furnished = ec2::FurnishedVpc {
                    vpc_id: vpc.vpc_id,
                    cidr: vpc.cidr,
                    subnets: subnets.collect(),
                };
                ec2::furnish(world, account, region, furnished);
            }
        }
    });
}
