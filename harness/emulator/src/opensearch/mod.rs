//! The OpenSearch data plane.
