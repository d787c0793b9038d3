package com.openagents.runtime.model;

/// Opens conversations with a language model. Thread-safe.
@FunctionalInterface
public interface Models {

  /// Begins to answer; returns at once, before the provider has said anything.
  ///
  /// Failures, also of the connection, are told by [ModelStream#next], never thrown here.
  ModelStream open(ModelRequest request);
}
