package com.openagents.runtime.access;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the holder of a signing key says about one request.
///
/// @param issuedAt in whole seconds
/// @param expiresAt in whole seconds; the token is good until the instant before
/// @param nonce never used twice, 1 to 128 visible ASCII characters
/// @param keyId names the key that signs
/// @param binding the one request that the claims are good for
/// @param roles what the caller may do beside what its principal owns, such as `operator`
/// @param membership what the principal is in a workspace, or null where nothing is said of it
public record Claims(
    Instant issuedAt,
    Instant expiresAt,
    String nonce,
    String keyId,
    Binding binding,
    Set<String> roles,
    @Nullable Membership membership) {

  /// The role that may touch what others own and act on the runtime itself.
  public static final String OPERATOR = "operator";

  public Claims {
    roles = Set.copyOf(roles);
  }

  /// Ties claims to a request; what is null is left open.
  ///
  /// @param method in upper case, such as `POST`
  /// @param target path and query exactly as sent
  /// @param body digest of the body, that of no bytes when there is none
  public record Binding(
      String method,
      String target,
      Digest body,
      @Nullable RunId runId,
      @Nullable ThreadId threadId,
      @Nullable Principal principal) {}
}
