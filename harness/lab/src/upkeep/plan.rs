//! The things that a plan may make.

use std::collections::BTreeSet;

use tributary_vocabulary::{AccountId, Source};

use super::{Kind, Thing};
use crate::topology::{Names, Plan, Step};

/// The index template by which indices carry the mark.
pub(crate) const INDEX_TEMPLATE: &str = "tributary-logs";
/// The indices of the topology: the index of its name, and those that a rotation adds to it.
pub(crate) const INDICES: &str = "logs*";
/// The log group of findings: whose it is, his is the resource policy.
const FINDINGS_GROUP: &str = "/aws/events/guardduty-demo";

/// All things that the topology of this plan may make, on whichever backend; each once, also where
/// all members live in one account.
pub(crate) fn things_of(plan: &Plan) -> Vec<Thing> {
    let mut things = of_master(plan);
    for (place, member) in plan.accounts.members.iter().enumerate() {
        of_member(plan, place + 1, plan.home(*member), &mut things);
    }
    let all = plan.accounts.all();
    things.extend(
        all.iter().map(|account| Thing::new(Kind::Stream, plan.home(*account), Names::OUTBOX)),
    );
    let mut seen = BTreeSet::new();
    things.retain(|thing| seen.insert(thing.clone()));
    things
}

/// All things that any run with these accounts may have made, of all sources and steps: what
/// `--replace` looks through, since the earlier run may have been another scenario's.
pub(crate) fn anything_of(plan: &Plan) -> Vec<Thing> {
    let sources = vec![Source::VpcFlowLogs, Source::CloudTrail, Source::GuardDuty];
    things_of(&Plan { sources, without: Vec::new(), ..plan.clone() })
}

fn of_master(plan: &Plan) -> Vec<Thing> {
    let findings = Names::log_group(Source::GuardDuty, 0);
    let policy = Kind::ResourcePolicy { group: FINDINGS_GROUP };
    let rows: [(Step, Kind, &str); 16] = [
        (Step::Domain, Kind::Domain, Names::DOMAIN),
        (Step::Bucket, Kind::Bucket, Names::BUCKET),
        (Step::TrailBucket, Kind::Bucket, Names::TRAIL_BUCKET),
        (Step::Stream, Kind::Stream, Names::STREAM),
        (Step::Function, Kind::Function, Names::FUNCTION),
        (Step::Function, Kind::Role, Names::FUNCTION_ROLE),
        (Step::DeliveryStream, Kind::DeliveryStream, Names::DELIVERY_STREAM),
        (Step::DeliveryStream, Kind::DeliveryStream, Names::DOCUMENTS_STREAM),
        (Step::DeliveryStream, Kind::Role, Names::DELIVERY_ROLE),
        (Step::LogsRole, Kind::Role, Names::LOGS_ROLE),
        (Step::Destination, Kind::Destination, Names::DESTINATION),
        (Step::Detector, Kind::Detector, "detector"),
        (Step::FindingsGroup, Kind::LogGroup, &findings),
        (Step::FindingsGroupPolicy, policy, Names::EVENTS_POLICY),
        (Step::FindingsRule, Kind::Rule, Names::FINDINGS_RULE),
        // The role of the subscriptions that deliver into the outbox of the same account.
        (Step::FindingsFilter, Kind::Role, Names::LOGS_ROLE),
    ];
    let master = plan.accounts.master;
    // Whoever writes to the index, it is the topology's.
    let index = [(Kind::Indices, INDICES), (Kind::IndexTemplate, INDEX_TEMPLATE)];
    let made = rows.into_iter().filter(|(step, ..)| plan.has(*step));
    let made = made.map(|(_, kind, name)| (kind, name)).chain(index);
    made.map(|(kind, name)| Thing::new(kind, master, name)).collect()
}

fn of_member(plan: &Plan, number: usize, member: AccountId, things: &mut Vec<Thing>) {
    let flow_logs = Names::log_group(Source::VpcFlowLogs, number);
    let trail = Names::log_group(Source::CloudTrail, number);
    let rows: [(Step, Kind, &str); 9] = [
        (Step::FlowLogsGroup, Kind::LogGroup, &flow_logs),
        (Step::FlowLogsRole, Kind::Role, Names::FLOW_LOGS_ROLE),
        (Step::FlowLogs, Kind::FlowLogs, &flow_logs),
        (Step::TrailGroup, Kind::LogGroup, &trail),
        (Step::TrailRole, Kind::Role, Names::TRAIL_ROLE),
        (Step::Trail, Kind::Trail, Names::TRAIL),
        (Step::MemberDetectors, Kind::Detector, "detector"),
        // The role of the subscriptions that deliver into the outbox of the same account.
        (Step::FlowLogsFilter, Kind::Role, Names::LOGS_ROLE),
        (Step::TrailFilter, Kind::Role, Names::LOGS_ROLE),
    ];
    let made = rows.into_iter().filter(|(step, ..)| plan.has(*step));
    things.extend(made.map(|(_, kind, name)| Thing::new(kind, member, name)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ground::Route;
    use crate::topology::{Accounts, Policies};
    use tributary_generators::FlowFormat;

    fn plan(accounts: Accounts, sources: Vec<Source>) -> Plan {
        let names = Names { region: "us-east-1".parse().unwrap(), master: accounts.master };
        Plan {
            accounts,
            names,
            policies: Policies::default(),
            sources,
            without: Vec::new(),
            flow_format: FlowFormat::default(),
            organization: None,
            shards: 1,
            retention_h: 24,
            route: Route::WHOLE,
            one_account: None,
        }
    }

    fn has(things: &[Thing], kind: Kind, digit: u8, name: &str) -> bool {
        things.contains(&Thing::new(kind, AccountId::repeated(digit), name))
    }

    #[test]
    fn a_plan_looks_only_for_what_it_makes() {
        let flows = plan(Accounts::with_members(2), vec![Source::VpcFlowLogs]);
        let things = things_of(&flows);
        assert!(has(&things, Kind::Stream, 1, Names::STREAM));
        assert!(has(&things, Kind::Stream, 3, Names::OUTBOX));
        assert!(has(&things, Kind::LogGroup, 3, "cwl_vpc_fl_member_account_2"));
        assert!(has(&things, Kind::Role, 2, Names::LOGS_ROLE));
        assert!(has(&things, Kind::Indices, 1, INDICES));
        let others = [Kind::Trail, Kind::Detector, Kind::Rule];
        assert!(!things.iter().any(|thing| others.contains(&thing.kind)));
        // What an earlier run of another scenario may have made is looked for all the same.
        let anything = anything_of(&flows);
        for kind in others {
            assert!(anything.iter().any(|thing| thing.kind == kind), "{kind:?}");
        }
        assert!(things.iter().all(|thing| anything.contains(thing)));
    }

    #[test]
    fn members_in_one_account_share_what_has_one_name() {
        let one = AccountId::repeated(1);
        let accounts = Accounts { master: one, members: vec![one, one] };
        let things = anything_of(&plan(accounts, Vec::new()));
        let seen: BTreeSet<&Thing> = things.iter().collect();
        assert_eq!(seen.len(), things.len());
        let of = |kind| things.iter().filter(|thing| thing.kind == kind).count();
        assert_eq!((of(Kind::Detector), of(Kind::Trail), of(Kind::Stream)), (1, 1, 2));
        assert_eq!((of(Kind::Role), of(Kind::LogGroup)), (5, 5));
    }

    #[test]
    fn the_policys_group_is_that_of_the_findings() {
        assert_eq!(Names::log_group(Source::GuardDuty, 0), FINDINGS_GROUP);
    }
}
