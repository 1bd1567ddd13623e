//! The nouns of CloudWatch Logs.

mod batch;
mod destination;
mod envelope;
mod event;
mod event_id;
mod filter;
mod group;
mod resource_policy;
mod stream;
mod text;

pub use batch::{Batch, EVENT_OVERHEAD_BYTES};
pub use destination::{Destination, DestinationKey};
pub use envelope::{Envelope, EnvelopeEvent, MessageType};
pub use event::StoredEvent;
pub use event_id::{LogEventId, LogEventIdError};
pub use filter::{Disabled, Distribution, SubscriptionFilter};
pub use group::{Group, GroupKey, LogGroupClass};
pub use resource_policy::{PolicyScope, ResourcePolicies, ResourcePolicy};
pub use stream::LogStream;
pub use text::Text;
