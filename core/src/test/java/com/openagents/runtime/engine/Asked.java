package com.openagents.runtime.engine;

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

/// What a test asks a run to be: one turn of user 1's, unless it says otherwise.
public record Asked(
    String agent,
    int version,
    String thread,
    Lifecycle lifecycle,
    WhileBusy whileBusy,
    @Nullable Instant deadline,
    @Nullable Duration idleTimeout) {

  public static final Principal OWNER = new Principal.User(1);

  public static Asked of(String agent) {
    return new Asked(agent, 1, "thread-1", Lifecycle.TURN, WhileBusy.ENQUEUE, null, null);
  }

  public Asked session() {
    return new Asked(agent, version, thread, Lifecycle.SESSION, whileBusy, deadline, idleTimeout);
  }

  public Asked whileBusy(WhileBusy rule) {
    return new Asked(agent, version, thread, lifecycle, rule, deadline, idleTimeout);
  }

  public Asked until(Instant time) {
    return new Asked(agent, version, thread, lifecycle, whileBusy, time, idleTimeout);
  }

  public Asked idleFor(Duration time) {
    return new Asked(agent, version, thread, lifecycle, whileBusy, deadline, time);
  }

  public Asked on(String otherThread) {
    return new Asked(agent, version, otherThread, lifecycle, whileBusy, deadline, idleTimeout);
  }

  public Asked begunUnder(int otherVersion) {
    return new Asked(agent, otherVersion, thread, lifecycle, whileBusy, deadline, idleTimeout);
  }

  public RunSpec spec() {
    return new RunSpec(
        new ThreadId(thread),
        OWNER,
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
