package com.openagents.runtime.stream;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The last sequence that a reader has seen, as the reader states it.
public sealed interface Cursor {

  /// The reader has seen nothing.
  record Start() implements Cursor {}

  /// The reader wants only what is new.
  record Latest() implements Cursor {}

  /// The reader has seen everything up to this sequence.
  ///
  /// @param seq 1 or more
  record After(long seq) implements Cursor {
    /// Eighteen digits fit into a `long`; no log is that long.
    private static final Pattern FORM = Pattern.compile("[0-9]{1,18}");

    public After {
      if (seq < 1) {
        throw new IllegalArgumentException("sequences begin at 1");
      }
    }
  }

  /// Reads `Last-Event-ID` and `?cursor=`, which mean the same: absent, `latest`, or a sequence.
  ///
  /// The header wins: a browser's `EventSource` repeats its first URL when it reconnects. An empty
  /// header is an absent one, as it is for `EventSource`; 0 is the start.
  ///
  /// @return empty when the one that counts is neither a sequence nor `latest`
  static Optional<Cursor> parse(@Nullable String lastEventId, @Nullable String query) {
    String text = lastEventId == null || lastEventId.isEmpty() ? query : lastEventId;
    if (text == null) {
      return Optional.of(new Start());
    }
    if (text.equals("latest")) {
      return Optional.of(new Latest());
    }
    if (!After.FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    long seq = Long.parseLong(text);
    return Optional.of(seq == 0 ? new Start() : new After(seq));
  }

  /// Decides what a reader with this cursor gets.
  ///
  /// @param head the last sequence of the log
  /// @param floor every event after this sequence is still there
  /// @param endedAt the sequence of the terminal event, or null while the run is live
  default CursorVerdict against(long head, long floor, @Nullable Long endedAt) {
    return switch (this) {
      case Start() -> new CursorVerdict.Replay(0);
      case Latest() ->
          endedAt == null ? new CursorVerdict.LiveOnly(head) : new CursorVerdict.NothingMore();
      case After(long seq) when seq > head -> new CursorVerdict.Ahead(head);
      case After(long seq) when endedAt != null && seq >= endedAt ->
          new CursorVerdict.NothingMore();
      case After(long seq) when seq < floor -> new CursorVerdict.Stale(floor, head);
      case After(long seq) -> new CursorVerdict.Replay(seq);
    };
  }
}
