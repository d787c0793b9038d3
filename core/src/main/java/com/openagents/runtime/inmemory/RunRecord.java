package com.openagents.runtime.inmemory;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.log.AgedRange;
import com.openagents.runtime.log.FrameKey;
import com.openagents.runtime.log.RunHead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One run as it is stored: its row, its events, and the frame keys that it used up.
///
/// Guarded by the lock of the [Tables] that it is in.
final class RunRecord {

  private final List<StoredEvent> events = new ArrayList<>();
  private final Map<FrameId, Digest> frames = new HashMap<>();
  private final List<AgedRange> aged = new ArrayList<>();
  private RunHead head;
  private @Nullable Instant lookedUntil;
  private Instant restsUntil = Instant.MIN;

  RunRecord(RunHead head) {
    this.head = head;
    this.lookedUntil = head.createdAt();
  }

  /// Another one that is the same now.
  RunRecord copy() {
    RunRecord copy = new RunRecord(head);
    copy.events.addAll(events);
    copy.frames.putAll(frames);
    copy.aged.addAll(aged);
    copy.lookedUntil = lookedUntil;
    copy.restsUntil = restsUntil;
    return copy;
  }

  RunHead head() {
    return head;
  }

  /// Before when nobody may take the run.
  Instant restsUntil() {
    return restsUntil;
  }

  void restUntil(Instant time) {
    restsUntil = time;
  }

  List<StoredEvent> events() {
    return events;
  }

  /// Whether a frame of this id was taken before.
  boolean knows(FrameKey frame) {
    return frames.containsKey(frame.frameId());
  }

  /// Whether a frame of this id and content was taken before.
  boolean took(FrameKey frame) {
    return frame.content().equals(frames.get(frame.frameId()));
  }

  void take(FrameKey frame) {
    frames.put(frame.frameId(), frame.content());
  }

  void change(RunHead next, List<StoredEvent> written) {
    events.addAll(written);
    head = next;
  }

  List<StoredEvent> page(long after, int limit, Predicate<StoredEvent> wanted) {
    int from = firstAfter(after);
    return events.subList(from, events.size()).stream().filter(wanted).limit(limit).toList();
  }

  /// The place of the first event behind a sequence; what aged out has left its place to others.
  private int firstAfter(long after) {
    int low = 0;
    int high = (int) Math.min(after, events.size());
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (events.get(middle).seq() <= after) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /// Since when events of the run were written at which ageing has not looked; null when never.
  @Nullable Instant lookedUntil() {
    return lookedUntil;
  }

  List<AgedRange> aged() {
    return aged;
  }

  void age(RunHead next, List<AgedRange> ranges, @Nullable Instant until) {
    head = next;
    aged.addAll(ranges);
    lookedUntil = until;
  }

  void remove(Predicate<StoredEvent> gone) {
    events.removeIf(gone);
  }
}
