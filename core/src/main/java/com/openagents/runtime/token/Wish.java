package com.openagents.runtime.token;

import com.openagents.runtime.access.Membership;
import com.openagents.runtime.identity.Principal;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A token that somebody asks for.
///
/// @param principal for whom, as the session proves it
/// @param proven what the session proves of a workspace, or null
/// @param asked what of a workspace is asked for, and must be what is proven
/// @param scopes none for the usual ones
/// @param life from one to fifteen minutes
public record Wish(
    TokenKind kind,
    Principal principal,
    @Nullable Membership proven,
    Asked asked,
    Set<Scope> scopes,
    Duration life) {

  public static final Duration LIFE_MIN = Duration.ofMinutes(1);
  public static final Duration LIFE_MAX = Duration.ofMinutes(15);
  public static final Duration LIFE = Duration.ofMinutes(5);

  /// @throws IllegalArgumentException when the life is out of its bounds
  public Wish {
    scopes = Set.copyOf(scopes);
    if (life.compareTo(LIFE_MIN) < 0 || life.compareTo(LIFE_MAX) > 0) {
      throw new IllegalArgumentException("a token lives from one to fifteen minutes");
    }
  }

  /// Null where nothing is asked.
  public record Asked(@Nullable String workspaceId, Membership.@Nullable Role role) {

    boolean isProvenBy(@Nullable Membership proven) {
      boolean workspace =
          workspaceId == null || (proven != null && workspaceId.equals(proven.workspaceId()));
      return workspace && (role == null || (proven != null && role == proven.role()));
    }
  }
}
