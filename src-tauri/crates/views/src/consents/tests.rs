//! Tests of this view, each through one check.
