//! The service through its wire, by the reference's vectors.

mod lifecycle;
mod put;
mod read;
mod reshard;
mod seams;
