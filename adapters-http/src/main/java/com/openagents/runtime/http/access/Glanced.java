package com.openagents.runtime.http.access;

import org.jspecify.annotations.Nullable;

/// A credential of which everything was proven that needs no look at the rest of the request.
///
/// @param signature the signature's header as sent, or null where none is asked for
/// @param service the service that calls, as its identity token names it, or null where none is
///   asked for
/// @param session whose the call is by a bearer token that stands in the signature's place, or null
public record Glanced(
    @Nullable String signature, @Nullable String service, @Nullable Session session) {

  /// @param signature null where callers are believed without one
  static Glanced signed(@Nullable String signature) {
    return new Glanced(signature, null, null);
  }
}
