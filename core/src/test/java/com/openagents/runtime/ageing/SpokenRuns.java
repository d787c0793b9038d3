package com.openagents.runtime.ageing;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.EventType;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.MessageEvent.MessageStarted;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.Retention;
import com.openagents.runtime.event.RunEvent;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.RunEvent.RunStarted;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.run.RunRules;
import com.openagents.runtime.seal.Ed25519;
import com.openagents.runtime.seal.Sealer;
import com.openagents.runtime.seal.Signer;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A run in memory that says things, and grows old. It has begun: two events.
final class SpokenRuns {

  static final RunId RUN = RunId.parse("0190a0c0-0000-7000-8000-000000000001");
  static final Duration WEEK = Duration.ofDays(7);

  final VirtualTime clock = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
  final InMemoryStore store = new InMemoryStore(clock);
  final Signer signer = signer();
  final Sealer sealer = new Sealer(store.log(), store.seals(), signer, clock);
  private Run run = new Run.Absent();

  SpokenRuns() {
    RunSpec spec =
        new RunSpec(
            new ThreadId("thread-1"),
            new Principal.User(1),
            new RunSpec.AgentRef("echo", 1),
            RunSpec.Lifecycle.SESSION,
            RunSpec.WhileBusy.ENQUEUE,
            new RunSpec.Session(null, true),
            RunSpec.ToolPolicy.OPEN,
            null,
            null,
            null,
            null);
    append(Precondition.FRESH, new RunCreated(spec, Digest.ofText("")));
    write(new RunStarted(new NodeId("node-1")));
  }

  private static Signer signer() {
    try {
      return Ed25519.signer(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (NoSuchAlgorithmException e) {
      throw new LinkageError("every Java has it", e);
    }
  }

  SpokenRuns write(Event.Known... events) {
    for (Event.Known event : events) {
      append(Precondition.NONE, event);
    }
    return this;
  }

  /// A message in so many pieces: that many events, and two around them.
  SpokenRuns say(String id, int pieces) {
    write(new MessageStarted(id));
    pieces(id, pieces);
    return write(new MessageCompleted(id, text(id, pieces), Outcome.COMPLETE, null));
  }

  SpokenRuns pieces(String id, int pieces) {
    for (int i = 0; i < pieces; i++) {
      write(new MessageDelta(id, text(id, 1)));
    }
    return this;
  }

  static String text(String id, int pieces) {
    return ("word of " + id + " ").repeat(pieces);
  }

  SpokenRuns pass(Duration time) {
    clock.advance(time);
    return this;
  }

  AgeingRound round() {
    return round(AgeingRound.Bounds.DEFAULT);
  }

  AgeingRound round(AgeingRound.Bounds bounds) {
    return new AgeingRound(
        store.log(), store.ageing(), store.seals(), sealer, WEEK, bounds, new Random(1));
  }

  long floor() {
    return store.log().head(RUN).orElseThrow().floor();
  }

  List<StoredEvent> events() {
    return store.log().read(RUN, 0, 10_000);
  }

  List<Long> pieces() {
    List<Long> pieces = new ArrayList<>();
    for (StoredEvent event : events()) {
      if (EventType.named(event.type()).orElseThrow().retention() == Retention.DELTA) {
        pieces.add(event.seq());
      }
    }
    return pieces;
  }

  private void append(Precondition precondition, Event.Known event) {
    if (event instanceof RunEvent change) {
      run = RunRules.evolve(run, change);
    }
    store.log().append(Append.of(RUN, precondition, List.of(event)).with(new Columns(run, 0)));
  }
}
