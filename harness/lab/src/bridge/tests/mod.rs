//! The bridges against a whole lab in this process, in real time and through the SDK.

mod carry;
mod contract;
mod limits;
mod stand;
