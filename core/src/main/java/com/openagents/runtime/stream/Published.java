package com.openagents.runtime.stream;

import com.openagents.runtime.event.Envelope;
import java.util.ArrayList;
import java.util.List;

/// An event on its way to the readers of its run, with what each format made of it.
///
/// What a mapping gives depends on itself, its state and the event alone. So readers whose mappings
/// and states are equal share one rendering, its bytes and the state after it, however many they
/// are. Not thread-safe: those who share it take it one after the other.
public final class Published {

  private final Envelope envelope;
  private final List<Rendering<?>> renderings = new ArrayList<>(1);

  public Published(Envelope envelope) {
    this.envelope = envelope;
  }

  public Envelope envelope() {
    return envelope;
  }

  <S> Rendering<S> rendered(Mapping<S> mapping, S state) {
    for (Rendering<?> rendering : renderings) {
      if (rendering.isOf(mapping, state)) {
        @SuppressWarnings("unchecked") // Equal mappings have states of the same type.
        Rendering<S> same = (Rendering<S>) rendering;
        return same;
      }
    }
    Mapping.Step<S> step = mapping.next(state, envelope);
    Rendering<S> made = new Rendering<>(mapping, state, step.state(), bytes(mapping, step));
    renderings.add(made);
    return made;
  }

  private byte[] bytes(Mapping<?> mapping, Mapping.Step<?> step) {
    byte[] group = SseBlocks.group(envelope.seq(), step.chunks());
    return StreamRunner.terminal(envelope) && mapping.saysDone()
        ? joined(group, SseBlocks.done())
        : group;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] all = new byte[first.length + second.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  /// An event as readers in one state of one mapping get it.
  static final class Rendering<S> {
    private final Mapping<S> mapping;
    private final S before;
    private final S after;
    private final byte[] bytes;

    private Rendering(Mapping<S> mapping, S before, S after, byte[] bytes) {
      this.mapping = mapping;
      this.before = before;
      this.after = after;
      this.bytes = bytes;
    }

    private boolean isOf(Mapping<?> other, Object state) {
      return mapping.equals(other) && before.equals(state);
    }

    /// The state that the event led to.
    S after() {
      return after;
    }

    /// The bytes of the stream; shared, so nobody may change them.
    byte[] bytes() {
      return bytes;
    }
  }
}
