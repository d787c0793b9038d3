package com.openagents.runtime.token;

import java.util.Locale;
import java.util.Set;

/// What a client's token is for. Nobody takes a token of one kind for one of another: its audience
/// and the version of its claims say which it is.
public enum TokenKind {
  CONVEX("oa_convex_claims_v1"),
  SYNC("oa_sync_claims_v1");

  private final String claimsVersion;

  TokenKind(String claimsVersion) {
    this.claimsVersion = claimsVersion;
  }

  public String claimsVersion() {
    return claimsVersion;
  }

  /// The scopes of a token for which none were asked.
  public Set<Scope> usual() {
    return switch (this) {
      case CONVEX -> Set.of(Scope.RUN_SUMMARIES, Scope.THREAD_SUMMARIES, Scope.TIMELINE_SLICES);
      case SYNC -> Set.of(Scope.RUN_SUMMARIES);
    };
  }

  /// The form on the wire: `convex`.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
