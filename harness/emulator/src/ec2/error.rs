//! The errors of EC2 (vpc-flow-logs reference, §4).

use crate::kernel::ServiceError;

/// A parameter, or parameters together, that make no sense.
pub(super) fn invalid_parameter(message: impl Into<String>) -> ServiceError {
    ServiceError::client("InvalidParameter", message)
}

/// A value that a parameter cannot have.
pub(super) fn invalid_value(message: impl Into<String>) -> ServiceError {
    ServiceError::client("InvalidParameterValue", message)
}

/// A value of a parameter that is none of those that AWS knows.
pub(super) fn not_in_enum(name: &str, value: &str, allowed: &[&str]) -> ServiceError {
    invalid_value(format!(
        "Value ({value}) for parameter {name} is invalid. Accepted values: {}.",
        allowed.join(", ")
    ))
}

/// A parameter that has to be there.
pub(super) fn missing(name: &str) -> ServiceError {
    ServiceError::client(
        "MissingParameter",
        format!("The request must contain the parameter {name}"),
    )
}

/// Something that others still need.
pub(super) fn dependency(kind: &str, id: &str) -> ServiceError {
    ServiceError::client(
        "DependencyViolation",
        format!("The {kind} '{id}' has dependencies and cannot be deleted."),
    )
}

/// There is no such VPC.
pub(super) fn no_vpc(id: &str) -> ServiceError {
    no_such("InvalidVpcID.NotFound", "vpc ID", id)
}

/// There is no such subnet.
pub(super) fn no_subnet(id: &str) -> ServiceError {
    no_such("InvalidSubnetID.NotFound", "subnet ID", id)
}

/// There is no such network interface.
pub(super) fn no_interface(id: &str) -> ServiceError {
    no_such("InvalidNetworkInterfaceID.NotFound", "networkInterface ID", id)
}

/// There is no such flow log.
pub(super) fn no_flow_log(id: &str) -> ServiceError {
    no_such("InvalidFlowLogId.NotFound", "flow log ID", id)
}

/// There is no resource of this id, whatever it would be.
pub(super) fn no_resource(id: &str) -> ServiceError {
    match id.split('-').next() {
        Some("vpc") => no_vpc(id),
        Some("subnet") => no_subnet(id),
        Some("eni") => no_interface(id),
        Some("fl") => no_flow_log(id),
        _ => ServiceError::client("InvalidID", format!("The ID '{id}' is not valid")),
    }
}

pub(super) fn no_such(code: &'static str, kind: &str, id: &str) -> ServiceError {
    ServiceError::client(code, format!("The {kind} '{id}' does not exist"))
}
