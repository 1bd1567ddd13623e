//! The door to the outside: HTTP and HTTPS, in the name of an account or of a user of OpenSearch.

mod address;
mod aws;
mod base;
mod complete;
mod error;
mod identity;
mod limits;
mod line;
mod sdk;
mod search;
mod tls;
mod trust;

#[cfg(test)]
mod tests;

pub(crate) use aws::AwsDoor;
pub(crate) use search::SearchDoor;
