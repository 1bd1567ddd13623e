//! How each kind of thing is looked up and removed: one file per kind.

mod bucket;
mod delivery_stream;
mod destination;
mod detector;
mod domain;
mod flow_logs;
mod function;
mod gone;
mod index_template;
mod indices;
mod log_group;
pub(super) mod positions;
mod resource_policy;
mod role;
mod rule;
mod stream;
mod trail;

use super::desk::Desk;
use super::piece::Piece;
use super::refusal::Refusal;
use super::{Kind, Thing};

/// What is there of a thing, with the run that its tag names.
pub(super) async fn look(desk: &Desk, thing: &Thing) -> Result<Vec<Piece>, Refusal> {
    let found = match thing.kind {
        Kind::FlowLogs => return flow_logs::look(desk, thing).await,
        Kind::Indices => return indices::look(desk, thing).await,
        Kind::Trail => trail::look(desk, thing).await,
        Kind::Detector => detector::look(desk, thing).await,
        Kind::Rule => rule::look(desk, thing).await,
        Kind::DeliveryStream => delivery_stream::look(desk, thing).await,
        Kind::Function => function::look(desk, thing).await,
        Kind::Destination => destination::look(desk, thing).await,
        Kind::ResourcePolicy { group } => resource_policy::look(desk, thing, group).await,
        Kind::LogGroup => log_group::look(desk, thing).await,
        Kind::Stream => stream::look(desk, thing).await,
        Kind::Bucket => bucket::look(desk, thing).await,
        Kind::Role => role::look(desk, thing).await,
        Kind::Domain => domain::look(desk, thing).await,
        Kind::IndexTemplate => index_template::look(desk, thing).await,
    };
    Ok(found?.into_iter().collect())
}

/// Removes what was found, and waits until it is gone where its name would stay taken.
pub(super) async fn remove(desk: &Desk, piece: &Piece) -> Result<(), Refusal> {
    let id = piece.id.as_str();
    let removed = match piece.thing.kind {
        Kind::FlowLogs => flow_logs::remove(desk, id).await,
        Kind::Indices => indices::remove(desk, id).await,
        Kind::Trail => trail::remove(desk, id).await,
        Kind::Detector => detector::remove(desk, id).await,
        Kind::Rule => rule::remove(desk, id).await,
        Kind::DeliveryStream => delivery_stream::remove(desk, id).await,
        Kind::Function => function::remove(desk, id).await,
        Kind::Destination => destination::remove(desk, id).await,
        Kind::ResourcePolicy { .. } => resource_policy::remove(desk, id).await,
        Kind::LogGroup => log_group::remove(desk, id).await,
        Kind::Stream => stream::remove(desk, id).await,
        Kind::Bucket => bucket::remove(desk, id).await,
        Kind::Role => role::remove(desk, id).await,
        Kind::Domain => domain::remove(desk, id).await,
        Kind::IndexTemplate => index_template::remove(desk, id).await,
    };
    match removed {
        // Somebody else removed it meanwhile; it is gone all the same.
        Err(refusal) if refusal.is_missing() => Ok(()),
        other => other,
    }
}
