//! Tests of the whole engine; those of a part stand beside it.

mod evaluation;
mod explanations;
mod laws;
mod refusals;
mod support;
mod vectors;
