package com.openagents.runtime.inmemory;

import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.EventType;
import com.openagents.runtime.event.Retention;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.RunEvent.RunForked;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Refusal;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.Wake;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The log of every run, in memory. Thread-safe.
final class InMemoryEventLog implements EventLog {

  private static final int PAGE_MAX = 10_000;

  private final Tables tables;

  InMemoryEventLog(Tables tables) {
    this.tables = tables;
  }

  /// A write with its payloads as text, so that what cannot be written fails before the batch.
  private record Ready(Append write, List<String> payloads) {
    static Ready of(Append write) {
      if (write.precondition().fresh()) {
        AppendRules.created(write);
        write.fork();
      }
      return new Ready(write, write.events().stream().map(EventCodec::payload).toList());
    }
  }

  @Override
  public List<Appended> append(List<Append> batch) {
    List<Ready> ready = batch.stream().map(Ready::of).toList();
    return tables.exclusively(t -> {
      Instant now = t.now();
      List<Appended> outcomes = new ArrayList<>();
      ready.forEach(each -> outcomes.add(apply(each, now)));
      return outcomes;
    });
  }

  private Appended apply(Ready ready, Instant now) {
    Append write = ready.write();
    Optional<RunRecord> known = tables.run(write.runId());
    if (write.precondition().fresh()) {
      return start(ready, AppendRules.created(write), known, now);
    }
    return known
        .map(run -> change(run, ready, now))
        .orElseGet(() -> new Appended.Refused(Refusal.UNKNOWN_RUN, 0, 0));
  }

  private Appended start(Ready ready, RunCreated created, Optional<RunRecord> known, Instant now) {
    Principal owner = created.spec().owner();
    RunHead head = known.map(RunRecord::head).orElseGet(() -> blank(ready.write(), created, now));
    boolean foreignThread =
        tables.ownerOf(created.spec().threadId()).filter(o -> !o.equals(owner)).isPresent();
    if (foreignThread || !head.owner().equals(owner)) {
      return AppendRules.refused(head, Refusal.FOREIGN);
    }
    if (known.isEmpty()) {
      return begin(new RunRecord(head), ready, now);
    }
    return head.content().equals(created.content())
        ? new Appended.Duplicate(head.lastSeq())
        : AppendRules.refused(head, Refusal.CONFLICT);
  }

  private Appended begin(RunRecord run, Ready ready, Instant now) {
    RunForked fork = ready.write().fork();
    if (fork == null) {
      return change(run, ready, now);
    }
    Optional<Appended> refused = AppendRules.refusal(run, ready.write(), now);
    if (refused.isPresent()) {
      return refused.get();
    }
    RunRecord original = tables.run(fork.from()).orElse(null);
    Optional<Refusal> why = ForkRules.refusal(original, fork, run.head().owner());
    if (why.isPresent() || original == null) {
      return AppendRules.refused(run.head(), why.orElse(Refusal.UNKNOWN_RUN));
    }
    List<StoredEvent> copies = ForkRules.copies(original, fork, ready.write(), now);
    ForkRules.frames(copies).forEach(run::take);
    return written(run, ready, copies, now);
  }

  private static RunHead blank(Append write, RunCreated created, Instant now) {
    Columns columns = write.columns();
    if (columns == null) {
      throw new IllegalStateException("checked before the batch");
    }
    return AppendRules.blank(write, created, columns, now);
  }

  private Appended change(RunRecord run, Ready ready, Instant now) {
    Append write = ready.write();
    return AppendRules.refusal(run, write, now)
        .orElseGet(() -> written(run, ready, List.of(), now));
  }

  /// @param copies what stands behind the first event, where a fork begins
  private Appended written(RunRecord run, Ready ready, List<StoredEvent> copies, Instant now) {
    Append write = ready.write();
    long firstSeq = run.head().lastSeq() + 1;
    List<StoredEvent> events = new ArrayList<>();
    for (int i = 0; i < write.events().size(); i++) {
      events.add(stored(ready, i, firstSeq + events.size(), now));
      if (i == 0) {
        events.addAll(copies);
      }
    }
    RunHead after = AppendRules.after(run, write, events.size(), now);
    run.change(after, events);
    if (write.wake() instanceof Wake.After && after.wakeAt() != null) {
      run.restUntil(after.wakeAt());
    }
    if (write.frame() != null) {
      run.take(write.frame());
    }
    tables.keep(run);
    if (!write.events().isEmpty()) {
      tables.committed(write.runId());
    }
    return new Appended.Written(firstSeq, after.lastSeq(), after.lease().epoch(), now);
  }

  private static StoredEvent stored(Ready ready, int index, long seq, Instant now) {
    Append write = ready.write();
    var event = write.events().get(index);
    return new StoredEvent(
        write.runId(),
        seq,
        event.type(),
        event.version(),
        ready.payloads().get(index),
        now,
        write.traceId(),
        write.epochOf(index));
  }

  @Override
  public List<StoredEvent> read(RunId runId, long after, int limit) {
    return page(runId, after, limit, _ -> true);
  }

  @Override
  public List<StoredEvent> readDurable(RunId runId, long after, int limit) {
    return page(runId, after, limit, InMemoryEventLog::durable);
  }

  private static boolean durable(StoredEvent event) {
    return EventType.named(event.type()).map(EventType::retention).orElse(Retention.CONTROL)
        != Retention.DELTA;
  }

  private List<StoredEvent> page(
      RunId runId, long after, int limit, Predicate<StoredEvent> wanted) {
    if (after < 0 || limit < 1 || limit > PAGE_MAX) {
      throw new IllegalArgumentException("after is at least 0, limit from 1 to " + PAGE_MAX);
    }
    return tables.exclusively(
        t -> t.run(runId).map(run -> run.page(after, limit, wanted)).orElse(List.of()));
  }

  @Override
  public Optional<RunHead> head(RunId runId) {
    return tables.exclusively(t -> t.run(runId).map(run -> run.head().asOf(t.now())));
  }
}
