//! Tests against servers of this process.

mod accounts;
mod aws;
mod chain;
mod real;
mod search;
mod server;
mod tls;
mod trouble;

use http::Method;
use tributary_vocabulary::{AccountId, Region};

use super::AwsDoor;
use crate::backend::Endpoint;
use crate::door::SignedCall;

fn region() -> Region {
    "us-west-2".parse().unwrap()
}

fn account(digit: u8) -> AccountId {
    AccountId::repeated(digit)
}

fn door(url: &str) -> AwsDoor {
    AwsDoor::open(&Endpoint::at(url), &region()).unwrap()
}

fn call(service: &'static str, url: &str) -> SignedCall<'static> {
    SignedCall {
        service,
        method: Method::POST,
        url: url.to_owned(),
        content_type: "application/json",
        target: None,
        body: "{}".into(),
    }
}
