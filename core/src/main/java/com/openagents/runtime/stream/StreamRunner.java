package com.openagents.runtime.stream;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Retention;
import com.openagents.runtime.event.RunEvent.RunCanceled;
import com.openagents.runtime.event.RunEvent.RunCompleted;
import com.openagents.runtime.event.RunEvent.RunFailed;

/// Renders a run's log for one reader: folds what the reader has seen, and gives the bytes of what
/// it has not.
///
/// Law: whatever the cursor, the bytes are those that a reader from the start got after it. Of a
/// text of which pieces aged out, those that are left are not shown; the rest comes with the whole.
/// Not thread-safe.
///
/// @param <S> the state of the mapping
public final class StreamRunner<S> {

  private static final byte[] NOTHING = {};

  private final Mapping<S> mapping;
  private final long cursor;
  private S state;
  private long position;
  private boolean torn;
  private boolean ended;

  /// Begins at the start of the log.
  ///
  /// @param cursor the last sequence that the reader has seen, 0 for none
  public StreamRunner(Mapping<S> mapping, long cursor) {
    this(mapping, mapping.initial(), 0, cursor);
  }

  StreamRunner(Mapping<S> mapping, S state, long position, long cursor) {
    this.mapping = mapping;
    this.state = state;
    this.position = position;
    this.cursor = cursor;
  }

  /// Takes the next event of the log.
  ///
  /// @return the bytes for the reader; none for what it has seen, for an event that came before,
  ///   and for everything after the end
  public byte[] next(Envelope envelope) {
    return next(new Published(envelope));
  }

  /// Takes the next event of the log, which other readers of the run take as well.
  ///
  /// @return as [#next(Envelope)]; shared with the others, so nobody may change it
  public byte[] next(Published published) {
    Envelope envelope = published.envelope();
    long seq = envelope.seq();
    if (ended || seq <= position) {
      return NOTHING;
    }
    torn |= seq > position + 1 && !mapping.resting(state);
    position = seq;
    if (torn && envelope.event().retention() == Retention.DELTA) {
      return NOTHING;
    }
    ended = terminal(envelope);
    byte[] bytes = seq <= cursor ? seen(envelope) : rendered(published);
    torn = torn && !mapping.resting(state);
    return bytes;
  }

  private byte[] seen(Envelope envelope) {
    state = mapping.next(state, envelope).state();
    return NOTHING;
  }

  private byte[] rendered(Published published) {
    Published.Rendering<S> rendering = published.rendered(mapping, state);
    state = rendering.after();
    return rendering.bytes();
  }

  /// Whether events before this one aged out while the reader was under way, of which it may have
  /// seen a part, or which its format would not make up for. The reader is not to be given it, but
  /// to come back: its cursor is stale then.
  public boolean missesBefore(Envelope next) {
    boolean gap = !ended && next.seq() > position + 1;
    return gap && (mapping.stateless() || (position < cursor && !mapping.resting(state)));
  }

  /// The last sequence taken: what comes next is read after it.
  public long position() {
    return position;
  }

  /// Whether the run's terminal event was taken; nothing follows it in a stream.
  public boolean ended() {
    return ended;
  }

  static boolean terminal(Envelope envelope) {
    return switch (envelope.event()) {
      case RunCompleted _, RunFailed _, RunCanceled _ -> true;
      default -> false;
    };
  }
}
