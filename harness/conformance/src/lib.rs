//! One suite of behaviour cases, and the arms that it is run against.
//!
//! Cases are text files under `cases/`: requests, and what the service that they are about answers.
//! For OpenSearch that was recorded from a real server; for AWS it is what its documentation and
//! captures say. The embedded services are held to them in any test run; a server is, when there is one.
//! What an arm does otherwise is declared in `differences/` with its reason, place by place: one
//! that is not declared fails the test, and so does one that has gone.

pub mod answer;
pub mod arm;
pub mod aws;
pub mod case;
pub mod compare;
pub mod differences;
pub mod generate;
pub mod normal;
pub mod page;
pub mod run;
pub mod variables;
pub mod xml;
