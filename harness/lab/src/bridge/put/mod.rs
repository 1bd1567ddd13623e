//! Puts records on streams and delivery streams, and puts again what was refused.

mod batch;
mod delivery;
mod stream;

pub(super) use delivery::DeliveryPut;
pub(super) use stream::{StreamEntry, StreamPut};
