//! What the tests share: invented exports with the exact account of what they hold, and a way to pack them.

pub mod clock;
pub mod corpus;
pub mod pack;
pub mod rng;
pub mod samples;
