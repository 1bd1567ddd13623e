//! The operations, one file each.

pub mod create_role;
pub mod get_caller_identity;
pub mod get_role;
pub mod get_role_policy;
pub mod put_role_policy;
mod role;
