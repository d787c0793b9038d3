package com.openagents.runtime.http.client;

import com.openagents.runtime.access.Signer;
import com.openagents.runtime.identity.Principal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// As whom a client calls.
///
/// @param signer signs each request anew, or null against a runtime in development mode
/// @param roles such as `operator`
/// @param identity holds the token that says which service calls, or null where none is asked for
public record Credentials(
    @Nullable Signer signer,
    @Nullable Principal principal,
    Set<String> roles,
    @Nullable TokenFile identity) {

  public Credentials {
    roles = Set.copyOf(roles);
  }

  /// For a runtime in development mode.
  public static Credentials unsigned(Principal principal) {
    return new Credentials(null, principal, Set.of(), null);
  }
}
