package com.openagents.runtime.seal;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageStarted;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.RunEvent;
import com.openagents.runtime.event.RunEvent.RunCompleted;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.RunEvent.RunStarted;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.event.ToolEvent.ToolLateResult;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.identity.TraceId;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.Seals;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.run.RunRules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A small run in memory: five events up to its end at sequence 5.
final class SealedRun {

  static final RunId RUN = RunId.parse("0190a0c0-0000-7000-8000-000000000001");
  static final long ENDED_AT = 5;

  private final VirtualTime clock;
  private final RunId runId;
  private final InMemoryStore store;
  private final Sealer sealer;
  private Run run = new Run.Absent();

  SealedRun() {
    this(RUN, new VirtualTime(Instant.parse("2026-01-01T00:00:00Z")));
  }

  private SealedRun(RunId runId, VirtualTime clock) {
    this(runId, clock, new InMemoryStore(clock));
  }

  private SealedRun(RunId runId, VirtualTime clock, InMemoryStore store) {
    this.runId = runId;
    this.clock = clock;
    this.store = store;
    this.sealer = sealer(Ed25519.signer(Keys.FIRST));
    RunSpec spec =
        new RunSpec(
            new ThreadId("thread-1"),
            new Principal.User(1),
            new RunSpec.AgentRef("echo", 1),
            RunSpec.Lifecycle.TURN,
            RunSpec.WhileBusy.ENQUEUE,
            new RunSpec.Session(null, true),
            RunSpec.ToolPolicy.OPEN,
            null,
            null,
            null,
            null);
    append(Precondition.FRESH, new RunCreated(spec, Digest.ofText("")));
    append(new RunStarted(new NodeId("node-1")));
    append(new MessageStarted("1.1.0.1"));
    append(new MessageCompleted("1.1.0.1", "Größe \uFFFD 🎉 \"5\"", Outcome.COMPLETE, null));
  }

  /// A second run in the same store.
  SealedRun beside(RunId other) {
    return new SealedRun(other, clock, store);
  }

  SealedRun end() {
    append(new RunCompleted());
    return this;
  }

  SealedRun late(int results) {
    for (int i = 0; i < results; i++) {
      append(new ToolLateResult("1.1.0", Json.of(i)));
    }
    return this;
  }

  EventLog log() {
    return store.log();
  }

  Seals seals() {
    return store.seals();
  }

  Sealer sealer() {
    return sealer;
  }

  Sealer sealer(Signer signer) {
    return new Sealer(store.log(), store.seals(), signer, clock);
  }

  /// The seal that it gets alone.
  Optional<Seals.Seal> sealed() {
    return sealer.seal(runId);
  }

  byte[] bundle() {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      Bundle.write(store.log(), store.seals(), runId, sealer.seal(runId).orElseThrow(), out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void append(Event.Known event) {
    append(Precondition.NONE, event);
  }

  private void append(Precondition precondition, Event.Known event) {
    if (event instanceof RunEvent change) {
      run = RunRules.evolve(run, change);
    }
    TraceId trace = new TraceId("0af7651916cd43dd8448eb211c80319c");
    store
        .log()
        .append(
            Append.of(runId, precondition, List.of(event))
                .with(new Columns(run, 0))
                .tracedBy(trace));
  }
}
