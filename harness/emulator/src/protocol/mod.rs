//! The wire protocols: how a request becomes a typed call, and an outcome a response
//! (wire-protocols reference).

pub mod aws_json;
pub mod blob;
pub mod ec2_query;
pub mod query;
pub mod rest;
pub mod xml;
pub mod xml_read;
