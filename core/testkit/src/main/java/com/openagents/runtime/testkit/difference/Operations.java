package com.openagents.runtime.testkit.difference;

import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.RunIndex.Query;
import com.openagents.runtime.testkit.Drafts;
import com.openagents.runtime.testkit.StoreFixture;
import com.openagents.runtime.testkit.generate.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Random operations on a store: writes alone and in batches, what is kept beside the logs, looks
/// of every kind, and time that passes.
final class Operations {

  private static final List<String> STATUSES = List.of("created", "running", "completed");
  private static final int ALL = 1_000;

  private final Values some;
  private final Writes writes;
  private final Beside beside;

  Operations(RandomGenerator random) {
    some = new Values(random);
    writes = new Writes(random);
    beside = new Beside(random);
  }

  /// @param known the store that is asked what would be plausible now
  Operation next(StoreFixture known) {
    return switch (some.below(15)) {
      case 14 -> operation(writes.fork(known));
      case 12 -> beside.any(known, writes.runId());
      case 13 -> beside.look(writes.runId());
      case 0 -> time();
      case 1 -> page();
      case 2 -> list();
      case 3 -> need();
      case 4 -> thread();
      case 5, 6 -> batch(known);
      default -> write(known);
    };
  }

  /// Looks at everything that is left.
  static List<Operation> inspection() {
    List<Operation> looks = new ArrayList<>();
    for (int i = 0; i < Writes.RUNS; i++) {
      RunId runId = Drafts.runId(i);
      looks.add(
          new Operation(
              "whole log of " + runId,
              store -> Timeless.events(store.log().read(runId, 0, 10_000))));
      looks.add(
          new Operation("row of " + runId, store -> store.log().head(runId).map(Timeless::head)));
      looks.addAll(Beside.looks(runId));
    }
    return looks;
  }

  private Operation write(StoreFixture known) {
    return operation(writes.any(known));
  }

  private static Operation operation(Append write) {
    return new Operation("write " + write, store -> Timeless.outcome(store.log().append(write)));
  }

  /// Of two principals who begin one thread in one batch either may get it, so only one tries.
  private Operation batch(StoreFixture known) {
    List<Append> batch = new ArrayList<>();
    Map<ThreadId, Principal> begun = new HashMap<>();
    for (int i = 2 + some.below(6); i > 0; i--) {
      Append write = writes.any(known);
      if (!(write.events().stream().findFirst().orElse(null) instanceof RunCreated created)
          || begun
              .computeIfAbsent(created.spec().threadId(), _ -> created.spec().owner())
              .equals(created.spec().owner())) {
        batch.add(write);
      }
    }
    return new Operation(
        "write batch " + batch,
        store -> store.log().append(batch).stream().map(Timeless::outcome).toList());
  }

  private Operation time() {
    Duration passes = some.oneOf(List.of(Duration.ofMinutes(15), Drafts.TTL.plusMinutes(5)));
    return new Operation(
        "let pass " + passes,
        store -> {
          store.passTime(passes);
          return "passed";
        });
  }

  private Operation page() {
    RunId runId = writes.runId();
    long after = some.below(8);
    int limit = 1 + some.below(6);
    return some.chance()
        ? new Operation(
            "read %s after %d, %d".formatted(runId, after, limit),
            store -> Timeless.events(store.log().read(runId, after, limit)))
        : new Operation(
            "read durable %s after %d, %d".formatted(runId, after, limit),
            store -> Timeless.events(store.log().readDurable(runId, after, limit)));
  }

  private Operation list() {
    Query query =
        new Query(
            some.orNull(() -> some.chance() ? Drafts.OWNER : Drafts.STRANGER),
            some.orNull(writes::thread),
            some.orNull(() -> some.oneOf(STATUSES)),
            some.orNull(() -> "echo"),
            null,
            1 + some.below(6));
    return new Operation("list " + query, store -> Timeless.heads(store.index().list(query)));
  }

  private Operation need() {
    return switch (some.below(4)) {
      case 0 -> new Operation("due", store -> Timeless.inNoOrder(store.index().due(ALL)));
      case 1 -> new Operation("expired", store -> Timeless.inNoOrder(store.index().expired(ALL)));
      case 2 -> active(writes.thread());
      default ->
          new Operation(
              "unsealed", store -> store.index().unsealed(ALL).stream().sorted().toList());
    };
  }

  private static Operation active(ThreadId thread) {
    return new Operation(
        "active run of " + thread,
        store -> Timeless.heads(store.index().active(thread).stream().toList()));
  }

  private Operation thread() {
    ThreadId thread = writes.thread();
    return some.chance()
        ? new Operation("owner of " + thread, store -> store.threads().owner(thread))
        : new Operation(
            "conversation of " + thread,
            store ->
                Timeless.events(
                    store.threads().conversation(thread, ALL).stream()
                        .sorted(
                            Comparator.comparing(StoredEvent::runId)
                                .thenComparingLong(StoredEvent::seq))
                        .toList()));
  }
}
