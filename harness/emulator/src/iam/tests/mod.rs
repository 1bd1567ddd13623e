//! IAM and STS through their wire.

mod entities;
mod managed;
mod organization;
mod sessions;
mod simulation;
mod support;
mod trust;
