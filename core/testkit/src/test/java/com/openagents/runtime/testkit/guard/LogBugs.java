package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.event.EventType;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Refusal;
import com.openagents.runtime.log.Appended.Refused;
import com.openagents.runtime.log.Appended.Written;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.FrameKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Logs with a bug that a change of one write cannot make.
final class LogBugs {

  private LogBugs() {}

  static final class GappyLog extends SpoiledLog {
    private final List<Long> gaps = new ArrayList<>();

    GappyLog(EventLog honest) {
      super(honest);
    }

    @Override
    Appended write(Append write) {
      Appended outcome = honest.append(write);
      if (outcome instanceof Refused(_, long lastSeq, _)) {
        gaps.add(lastSeq);
      }
      return outcome instanceof Written(long first, long last, long epoch, var at)
          ? new Written(shown(first), shown(last), epoch, at)
          : outcome;
    }

    private long shown(long seq) {
      return seq + gaps.stream().filter(gap -> gap < seq).count();
    }

    @Override
    public List<StoredEvent> read(RunId runId, long after, int limit) {
      return honest.read(runId, after, limit).stream().map(this::moved).toList();
    }

    private StoredEvent moved(StoredEvent e) {
      return new StoredEvent(
          e.runId(),
          shown(e.seq()),
          e.type(),
          e.version(),
          e.payload(),
          e.occurredAt(),
          e.traceId(),
          e.epoch());
    }
  }

  static final class HalfBatchLog extends SpoiledLog {
    HalfBatchLog(EventLog honest) {
      super(honest);
    }

    @Override
    public List<Appended> append(List<Append> batch) {
      List<Appended> outcomes = new ArrayList<>();
      for (Append write : batch) {
        boolean stopped = outcomes.stream().anyMatch(Refused.class::isInstance);
        outcomes.add(stopped ? new Refused(Refusal.MOVED, 0, 0) : honest.append(write));
      }
      return outcomes;
    }
  }

  static final class BackwardLog extends SpoiledLog {
    BackwardLog(EventLog honest) {
      super(honest);
    }

    @Override
    public List<Appended> append(List<Append> batch) {
      return honest.append(batch.reversed()).reversed();
    }
  }

  static final class HastyKeyLog extends SpoiledLog {
    private final Set<FrameId> used = new HashSet<>();

    HastyKeyLog(EventLog honest) {
      super(honest);
    }

    @Override
    Appended write(Append write) {
      FrameKey key = write.frame();
      return key != null && !used.add(key.frameId())
          ? new Appended.Duplicate(1)
          : honest.append(write);
    }
  }

  static final class EndFirstLog extends SpoiledLog {
    EndFirstLog(EventLog honest) {
      super(honest);
    }

    @Override
    Appended write(Append write) {
      return honest
          .head(write.runId())
          .filter(head -> write.precondition().open() && head.columns().run().ended())
          .<Appended>map(head -> new Refused(Refusal.ENDED, head.lastSeq(), head.lease().epoch()))
          .orElseGet(() -> honest.append(write));
    }
  }

  static final class BlindStartLog extends SpoiledLog {
    BlindStartLog(EventLog honest) {
      super(honest);
    }

    @Override
    Appended write(Append write) {
      return honest
          .head(write.runId())
          .filter(_ -> write.precondition().fresh())
          .<Appended>map(head -> new Appended.Duplicate(head.lastSeq()))
          .orElseGet(() -> honest.append(write));
    }
  }

  static final class OverlappingLog extends SpoiledLog {
    OverlappingLog(EventLog honest) {
      super(honest);
    }

    @Override
    public List<StoredEvent> read(RunId runId, long after, int limit) {
      return honest.read(runId, Math.max(0, after - 1), limit);
    }
  }

  static final class ShortDurableLog extends SpoiledLog {
    ShortDurableLog(EventLog honest) {
      super(honest);
    }

    @Override
    public List<StoredEvent> readDurable(RunId runId, long after, int limit) {
      return honest.read(runId, after, limit).stream()
          .filter(event -> !event.type().equals(EventType.MESSAGE_DELTA.wireName()))
          .toList();
    }
  }

  static final class TrimmingLog extends SpoiledLog {
    TrimmingLog(EventLog honest) {
      super(honest);
    }

    @Override
    public List<StoredEvent> read(RunId runId, long after, int limit) {
      return honest.read(runId, after, limit).stream().map(TrimmingLog::trimmed).toList();
    }

    private static StoredEvent trimmed(StoredEvent e) {
      return new StoredEvent(
          e.runId(),
          e.seq(),
          e.type(),
          e.version(),
          e.payload().replace("\\n", ""),
          e.occurredAt(),
          e.traceId(),
          e.epoch());
    }
  }
}
