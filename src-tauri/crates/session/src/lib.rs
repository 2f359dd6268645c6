//! An opened export: reading, searching, showing, drafting. The window and the command line are two faces on it.
//!
//! This crate deliberately does not know Tauri, a terminal, or how anything is drawn.

pub mod contract;
pub mod wire;
