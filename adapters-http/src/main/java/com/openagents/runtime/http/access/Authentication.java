package com.openagents.runtime.http.access;

import com.openagents.runtime.access.Caller;
import com.openagents.runtime.access.Presented;
import com.openagents.runtime.http.exchange.Guard;

/// Finds out who calls. Thread-safe.
public interface Authentication {

  /// Refuses what cannot be accepted whatever the body is, so that no stranger's body is read.
  ///
  /// @param guard of the call, which may take other credentials than others
  /// @throws com.openagents.runtime.http.exchange.Problem when there is no credential, or a bad one
  Glanced glance(Credential credential, Guard guard);

  /// @param glanced what [#glance] found
  /// @throws com.openagents.runtime.http.exchange.Problem when the credential is not good, or not
  ///   for this request
  Caller caller(Glanced glanced, Presented request);

  /// Whether a caller may make calls of a kind.
  ///
  /// @throws com.openagents.runtime.http.exchange.Problem when it may not
  void admit(Caller caller, Guard guard);

  /// Whether callers are believed without proof.
  boolean trusting();
}
