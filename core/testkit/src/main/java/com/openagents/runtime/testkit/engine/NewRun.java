package com.openagents.runtime.testkit.engine;

import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.event.RunSpec.AgentRef;
import com.openagents.runtime.event.RunSpec.Lifecycle;
import com.openagents.runtime.event.RunSpec.Session;
import com.openagents.runtime.event.RunSpec.ToolPolicy;
import com.openagents.runtime.event.RunSpec.WhileBusy;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.ThreadId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A run that a test wants: one turn of user 1 on a thread of its own, unless it says otherwise.
///
/// @param thread null for one of its own
/// @param message what it begins with, or null to wait for a frame
/// @param deadline when it must have ended, or null
/// @param idleTimeout how long a session may wait for frames, or null
public record NewRun(
    String agent,
    @Nullable String thread,
    Principal owner,
    Lifecycle lifecycle,
    WhileBusy whileBusy,
    @Nullable String message,
    @Nullable Instant deadline,
    @Nullable Duration idleTimeout) {

  public static NewRun of(String agent) {
    return new NewRun(
        agent, null, new Principal.User(1), Lifecycle.TURN, WhileBusy.ENQUEUE, null, null, null);
  }

  public NewRun saying(String text) {
    return new NewRun(agent, thread, owner, lifecycle, whileBusy, text, deadline, idleTimeout);
  }

  /// Waits for further messages after each turn.
  public NewRun session() {
    return new NewRun(
        agent, thread, owner, Lifecycle.SESSION, whileBusy, message, deadline, idleTimeout);
  }

  /// On a thread with a name, which other runs of the same owner may share.
  public NewRun on(String name) {
    return new NewRun(agent, name, owner, lifecycle, whileBusy, message, deadline, idleTimeout);
  }

  public NewRun ownedBy(Principal other) {
    return new NewRun(agent, thread, other, lifecycle, whileBusy, message, deadline, idleTimeout);
  }

  public NewRun whileBusy(WhileBusy rule) {
    return new NewRun(agent, thread, owner, lifecycle, rule, message, deadline, idleTimeout);
  }

  public NewRun until(Instant time) {
    return new NewRun(agent, thread, owner, lifecycle, whileBusy, message, time, idleTimeout);
  }

  public NewRun idleFor(Duration time) {
    return new NewRun(agent, thread, owner, lifecycle, whileBusy, message, deadline, time);
  }

  /// @param version of the program under which the run begins
  /// @param ownThread for a run that names none
  RunSpec spec(int version, String ownThread) {
    return new RunSpec(
        new ThreadId(thread == null ? ownThread : thread),
        owner,
        new AgentRef(agent, version),
        lifecycle,
        whileBusy,
        new Session(null, true),
        ToolPolicy.OPEN,
        null,
        deadline,
        idleTimeout == null ? null : idleTimeout.toMillis(),
        null);
  }
}
