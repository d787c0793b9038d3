package com.openagents.runtime.http.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a request says about who sends it, unproven.
///
/// @param signature the signature's header as sent, or null
/// @param authorizations every `Authorization` header as sent
public record Credential(@Nullable String signature, List<String> authorizations) {

  public Credential {
    authorizations = List.copyOf(authorizations);
  }

  /// Tells nothing, so that no log can.
  @Override
  public String toString() {
    return "Credential";
  }
}
