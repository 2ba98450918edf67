//! Tests of the resolution.
