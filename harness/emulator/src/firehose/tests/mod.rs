//! Tests over the whole service.
