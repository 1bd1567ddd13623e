//! What a delivery stream is configured with: the wire's members as they are stored and described,
//! and the plan that the data path reads.

mod destination;
mod extended_s3;
mod hints;
mod plan;
mod processing;
mod s3;
mod search;
mod shape;
mod source;

pub use destination::{DESTINATION_ID, Destination, DestinationMembers};
pub use extended_s3::ExtendedS3Members;
pub use hints::{BufferingHints, LoggingOptions, RetryOptions};
pub use plan::{
    Buffering, Outlet, Plan, PlanContext, ProcessorPlan, S3Plan, SearchPlan, SourcePlan,
};
pub use processing::{ProcessingConfiguration, Processor, ProcessorParameter};
pub use s3::S3Members;
pub use search::{DocumentIdOptions, SearchMembers};
pub(crate) use shape::stream_name as check_name;
pub use source::KinesisSourceMembers;

use crate::kernel::ServiceError;

/// A request that has the right shape and still cannot be.
pub(crate) fn invalid(message: impl Into<String>) -> ServiceError {
    ServiceError::client("InvalidArgumentException", message)
}

/// Takes over each member of the second that is given.
macro_rules! overlay {
    ($stored:expr, $given:expr, $($member:ident),+ $(,)?) => {
        $(if $given.$member.is_some() { $stored.$member = $given.$member; })+
    };
}
pub(crate) use overlay;
