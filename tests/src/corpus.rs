//! Exports of a chosen size for measuring.
