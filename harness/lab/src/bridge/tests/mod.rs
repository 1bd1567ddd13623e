//! The bridges against a whole lab, in real time.
