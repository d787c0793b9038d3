package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The log as a node reaches it.
record GatedLog(Gate gate, EventLog log) implements EventLog {

  @Override
  public List<Appended> append(List<Append> batch) {
    return gate.store(
        () -> "append " + String.join("; ", batch.stream().map(GatedLog::shown).toList()),
        () -> log.append(batch),
        GatedLog::shown);
  }

  @Override
  public List<StoredEvent> read(RunId runId, long after, int limit) {
    return gate.store(
        () -> "read " + shown(runId) + " after " + after,
        () -> log.read(runId, after, limit),
        events -> events.size() + " events");
  }

  @Override
  public List<StoredEvent> readDurable(RunId runId, long after, int limit) {
    return gate.store(
        () -> "read durable " + shown(runId) + " after " + after,
        () -> log.readDurable(runId, after, limit),
        events -> events.size() + " events");
  }

  @Override
  public Optional<RunHead> head(RunId runId) {
    return gate.store(
        () -> "head " + shown(runId),
        () -> log.head(runId),
        head -> head.map(h -> h.columns().run().status() + " at " + h.lastSeq()).orElse("none"));
  }

  static String shown(RunId runId) {
    String text = runId.toString();
    return "run…" + text.substring(text.length() - 2);
  }

  private static String shown(Append write) {
    StringBuilder shown = new StringBuilder(shown(write.runId()));
    shown.append(write.events().stream().map(Event::type).toList());
    if (write.precondition().executorEpoch() != null) {
      shown.append(" under epoch ").append(write.precondition().executorEpoch());
    }
    if (write.precondition().atSeq() != null) {
      shown.append(" at ").append(write.precondition().atSeq());
    }
    return write.lease() instanceof LeaseChange.Keep
        ? shown.toString()
        : shown + " " + write.lease().getClass().getSimpleName().toUpperCase(Locale.ROOT);
  }

  private static String shown(List<Appended> outcomes) {
    return String.join("; ", outcomes.stream().map(GatedLog::shown).toList());
  }

  private static String shown(Appended outcome) {
    return switch (outcome) {
      case Appended.Written w -> "to %d, epoch %d".formatted(w.lastSeq(), w.epoch());
      case Appended.Duplicate _ -> "duplicate";
      case Appended.Refused(var why, long lastSeq, _) -> why + " at " + lastSeq;
    };
  }
}
