package com.openagents.runtime.access;

import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who calls, after everything it said about itself was proven.
///
/// @param keyId the key that vouched for it, or null where no signature is asked for
/// @param principal for whom it acts, or null when it acts for nobody in particular
/// @param onlyRun the one run that its token is good for, or null
/// @param onlyThread the one thread that its token is good for, or null
/// @param service the service that calls, as its identity token names it, or null where none is
///   asked for
/// @param membership what the principal was proven to be in a workspace, or null
public record Caller(
    @Nullable String keyId,
    @Nullable Principal principal,
    Set<String> roles,
    @Nullable RunId onlyRun,
    @Nullable ThreadId onlyThread,
    @Nullable String service,
    @Nullable Membership membership) {

  public Caller {
    roles = Set.copyOf(roles);
  }

  /// The same caller, which proved to be a service.
  public Caller from(@Nullable String provenService) {
    return new Caller(keyId, principal, roles, onlyRun, onlyThread, provenService, membership);
  }

  public boolean isOperator() {
    return roles.contains(Claims.OPERATOR);
  }

  /// Whether the token lets the caller speak about a run and its thread.
  public boolean mayConcern(RunId runId, ThreadId threadId) {
    return (onlyRun == null || onlyRun.equals(runId))
        && (onlyThread == null || onlyThread.equals(threadId));
  }

  /// Whether the token is good for one run or one thread only.
  public boolean isBound() {
    return onlyRun != null || onlyThread != null;
  }

  /// The name under which the audit knows the caller.
  public String actor() {
    return (isOperator() ? "operator:" : "caller:")
        + (keyId == null ? "development" : keyId)
        + (service == null ? "" : ":" + service);
  }
}
