package com.openagents.runtime.tail;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.EventType;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.stream.Cursor;
import com.openagents.runtime.stream.Cursor.Start;
import com.openagents.runtime.stream.CursorVerdict.LiveOnly;
import com.openagents.runtime.stream.CursorVerdict.NoStream;
import com.openagents.runtime.stream.CursorVerdict.Replay;
import com.openagents.runtime.stream.Mapping;
import com.openagents.runtime.stream.Resumption;
import com.openagents.runtime.stream.StreamRunner;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Opens the stream of a run for a reader with a cursor.
///
/// The state of the format at the cursor comes from the events before it, without those that may
/// age out: a long answer is read again only if the cursor stands within it. Readers who open the
/// same run at the same time share what is read. Thread-safe; throws [Crowded], and what the log
/// throws.
public final class Streams {

  private static final int PAGE = 1_000;
  private static final int LATE_PAGE = 64;
  private static final Set<String> TERMINAL =
      Set.of(
          EventType.RUN_COMPLETED.wireName(),
          EventType.RUN_FAILED.wireName(),
          EventType.RUN_CANCELED.wireName());

  private final OpeningReads reads;

  public Streams(OpeningReads reads) {
    this.reads = reads;
  }

  /// The run as it is now, whoever owns it.
  public Optional<RunHead> head(RunId runId) {
    return reads.head(runId);
  }

  /// Opens a stream from the start of a run, of which nothing need be known.
  public static StreamRunner<?> fromStart(Mapping<?> mapping) {
    return new Resumption<>(mapping.replay(), 0).runner();
  }

  /// @param head the run, as it was just read
  public Opening open(RunHead head, Mapping<?> mapping, Cursor cursor) {
    boolean mayHaveSeenTheEnd = head.columns().run().ended() && !(cursor instanceof Start);
    Long endedAt = mayHaveSeenTheEnd ? endedAt(head) : null;
    return switch (cursor.against(head.lastSeq(), head.floor(), endedAt)) {
      case Replay(long after) when after == 0 -> new Opening.At(fromStart(mapping));
      case Replay(long after) -> new Opening.At(runner(head.runId(), mapping, after));
      case LiveOnly(long after) -> new Opening.At(runner(head.runId(), mapping, after));
      case NoStream none -> new Opening.Refused(none);
    };
  }

  private <S> StreamRunner<S> runner(RunId runId, Mapping<S> mapping, long cursor) {
    Resumption<S> resumption = new Resumption<>(mapping, cursor);
    long after = resumption.position();
    while (after < cursor) {
      List<Envelope> page = reads.durable(runId, after, PAGE);
      page.forEach(resumption::next);
      after = page.size() < PAGE ? cursor : page.getLast().seq();
    }
    return resumption.runner();
  }

  /// Looks from the head backwards, for only late results follow the end.
  private @Nullable Long endedAt(RunHead head) {
    for (long to = head.lastSeq(); to > 0; to -= LATE_PAGE) {
      for (StoredEvent event : reads.page(head.runId(), Math.max(0, to - LATE_PAGE), LATE_PAGE)) {
        if (TERMINAL.contains(event.type())) {
          return event.seq();
        }
      }
    }
    return null;
  }
}
