package com.openagents.runtime.token;

import com.openagents.runtime.identity.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which tokens are good no longer, for all nodes, by the store's clock. Thread-safe; may throw
/// `StoreUnavailable`, and who asks then takes a token for revoked.
public interface Revocations {

  /// Revokes, or lets a revocation last longer; none is ever shortened by it.
  ///
  /// @return until when it lasts now
  Instant revoke(Revoked what, Instant until);

  /// Ends a revocation. Tokens that have not expired are good again.
  ///
  /// @return what was ended, or empty when there was nothing to end
  Optional<Revocation> lift(Revoked what);

  /// Whether a token is revoked by its id or by its subject.
  ///
  /// @param tokenId null for a token that is still to be made
  boolean isRevoked(@Nullable String tokenId, Principal subject);

  /// Those that last, the longest first.
  List<Revocation> list(int limit);
}
