package com.openagents.runtime.http.node;

import java.util.List;

/// Whether a node can serve, asked of everything that it depends on. Thread-safe.
@FunctionalInterface
public interface Readiness {

  List<Check> checks();

  /// @param detail says to a person how it is; no secret, no address with a password
  record Check(String name, boolean ready, String detail) {}
}
