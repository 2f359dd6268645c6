//! The real window: the program as it ships, on a screen without a monitor, used as a person would use it, while a
//! witness writes down every network call that it makes. Part of `scripts/test`; it needs the feature `window`, because
//! a plain `cargo test` must not need a screen.

mod drag;
mod driver;
mod dropping;
mod journey;
mod safety;
mod stage;
mod witness;
