package com.openagents.runtime.token;

import com.openagents.runtime.access.Membership;
import com.openagents.runtime.identity.Principal;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who may read what.
///
/// @param scopes in their own order, at least one
/// @param membership what the principal was proven to be in a workspace, or null
public record Grant(
    TokenKind kind, Principal principal, Set<Scope> scopes, @Nullable Membership membership) {

  public Grant {
    scopes = Collections.unmodifiableSet(EnumSet.copyOf(scopes));
  }
}
