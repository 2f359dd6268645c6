//! Archives that lie, made on the spot.
