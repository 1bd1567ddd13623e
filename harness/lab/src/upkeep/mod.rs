//! What a run makes at an endpoint is tagged, what an earlier run left is found, and the end of a
//! run removes what it made and nothing else.
//!
//! The mark is the tag `tributary:run`. Whatever does not carry it is somebody else's: it is named,
//! and neither deleted nor changed. What cannot carry a tag is ours where the thing that it belongs
//! to is: a filter of our log group, a policy of our role, an object of our bucket.

mod at_once;
mod desk;
mod doors;
mod kinds;
mod mark;
mod piece;
mod plan;
mod refusal;
mod survey;
mod tear_down;
mod thing;

#[cfg(test)]
mod live_test;

pub(crate) use doors::Doors;
pub(crate) use mark::Mark;
pub(crate) use plan::{INDEX_TEMPLATE, anything_of, things_of};
pub(crate) use survey::{forget_positions, survey};
pub(crate) use tear_down::{Whose, tear_down};
pub(crate) use thing::{Kind, Thing};
