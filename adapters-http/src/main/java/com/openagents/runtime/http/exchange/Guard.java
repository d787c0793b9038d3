package com.openagents.runtime.http.exchange;

/// Who may make a call.
public enum Guard {
  /// Everybody, unsigned.
  PUBLIC,
  /// Everybody on the same machine, unsigned.
  LOCAL,
  /// A principal, for what belongs to it; an operator for everything.
  OWNER,
  /// A principal, and nobody for it.
  PRINCIPAL,
  OPERATOR
}
