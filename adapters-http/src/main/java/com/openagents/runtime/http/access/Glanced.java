package com.openagents.runtime.http.access;

import com.openagents.runtime.access.Verification.Proven;
import org.jspecify.annotations.Nullable;

/// A credential of which everything was proven that needs no look at the rest of the request.
///
/// @param signature what the signature's header proves, or null where none is asked for
/// @param service the service that calls, as its identity token names it, or null where none is
///   asked for
/// @param session whose the call is by a bearer token that stands in the signature's place, or null
public record Glanced(
    @Nullable Proven signature, @Nullable String service, @Nullable Session session) {

  /// Nothing is asked for.
  static final Glanced NOTHING = new Glanced(null, null, null);

  static Glanced signed(Proven signature) {
    return new Glanced(signature, null, null);
  }
}
