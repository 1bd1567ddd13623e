//! The operation table.

use super::ops;
use crate::protocol::rest::RestMethod::{self, Delete, Get, Post};
use crate::protocol::rest::RestOperation;

/// A row: the name, the method, the path, the operation's module.
macro_rules! row {
    ($name:literal, $method:expr, $path:literal, $operation:ident) => {{
        const METHOD: RestMethod = $method;
        RestOperation { name: $name, method: METHOD, path: $path, call: ops::$operation::call }
    }};
}

/// The rows of the operation table.
pub const OPERATIONS: &[RestOperation] = &[
    row!("CreateDetector", Post, "/detector", create_detector),
    row!("ListDetectors", Get, "/detector", list_detectors),
    row!("GetDetector", Get, "/detector/{DetectorId}", get_detector),
    row!("UpdateDetector", Post, "/detector/{DetectorId}", update_detector),
    row!("DeleteDetector", Delete, "/detector/{DetectorId}", delete_detector),
    row!("CreateMembers", Post, "/detector/{DetectorId}/member", create_members),
    row!("ListMembers", Get, "/detector/{DetectorId}/member", list_members),
    row!("GetMembers", Post, "/detector/{DetectorId}/member/get", get_members),
    row!("InviteMembers", Post, "/detector/{DetectorId}/member/invite", invite_members),
    row!(
        "StartMonitoringMembers",
        Post,
        "/detector/{DetectorId}/member/start",
        start_monitoring_members
    ),
    row!(
        "StopMonitoringMembers",
        Post,
        "/detector/{DetectorId}/member/stop",
        stop_monitoring_members
    ),
    row!(
        "DisassociateMembers",
        Post,
        "/detector/{DetectorId}/member/disassociate",
        disassociate_members
    ),
    row!("DeleteMembers", Post, "/detector/{DetectorId}/member/delete", delete_members),
    row!("ListInvitations", Get, "/invitation", list_invitations),
    row!("GetInvitationsCount", Get, "/invitation/count", get_invitations_count),
    row!("DeclineInvitations", Post, "/invitation/decline", decline_invitations),
    row!("DeleteInvitations", Post, "/invitation/delete", delete_invitations),
    row!(
        "AcceptAdministratorInvitation",
        Post,
        "/detector/{DetectorId}/administrator",
        accept_invitation
    ),
    row!("AcceptInvitation", Post, "/detector/{DetectorId}/master", accept_invitation),
    row!("GetAdministratorAccount", Get, "/detector/{DetectorId}/administrator", get_administrator),
    row!("GetMasterAccount", Get, "/detector/{DetectorId}/master", get_administrator),
    row!(
        "DisassociateFromAdministratorAccount",
        Post,
        "/detector/{DetectorId}/administrator/disassociate",
        disassociate_from_administrator
    ),
    row!(
        "DisassociateFromMasterAccount",
        Post,
        "/detector/{DetectorId}/master/disassociate",
        disassociate_from_administrator
    ),
    row!(
        "CreateSampleFindings",
        Post,
        "/detector/{DetectorId}/findings/create",
        create_sample_findings
    ),
    row!("ListFindings", Post, "/detector/{DetectorId}/findings", list_findings),
    row!("GetFindings", Post, "/detector/{DetectorId}/findings/get", get_findings),
    row!(
        "GetFindingsStatistics",
        Post,
        "/detector/{DetectorId}/findings/statistics",
        get_findings_statistics
    ),
    row!("ArchiveFindings", Post, "/detector/{DetectorId}/findings/archive", archive_findings),
    row!(
        "UnarchiveFindings",
        Post,
        "/detector/{DetectorId}/findings/unarchive",
        unarchive_findings
    ),
    row!(
        "UpdateFindingsFeedback",
        Post,
        "/detector/{DetectorId}/findings/feedback",
        update_findings_feedback
    ),
    row!("CreateFilter", Post, "/detector/{DetectorId}/filter", create_filter),
    row!("ListFilters", Get, "/detector/{DetectorId}/filter", list_filters),
    row!("GetFilter", Get, "/detector/{DetectorId}/filter/{FilterName}", get_filter),
    row!("UpdateFilter", Post, "/detector/{DetectorId}/filter/{FilterName}", update_filter),
    row!("DeleteFilter", Delete, "/detector/{DetectorId}/filter/{FilterName}", delete_filter),
    row!("TagResource", Post, "/tags/{ResourceArn}", tag_resource),
    row!("UntagResource", Delete, "/tags/{ResourceArn}", untag_resource),
    row!("ListTagsForResource", Get, "/tags/{ResourceArn}", list_tags_for_resource),
];
