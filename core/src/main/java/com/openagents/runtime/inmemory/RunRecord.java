package com.openagents.runtime.inmemory;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.log.FrameKey;
import com.openagents.runtime.log.RunHead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// One run as it is stored: its row, its events, and the frame keys that it used up.
///
/// Guarded by the lock of the [Tables] that it is in.
final class RunRecord {

  private final List<StoredEvent> events = new ArrayList<>();
  private final Map<FrameId, Digest> frames = new HashMap<>();
  private RunHead head;
  private Instant restsUntil = Instant.MIN;

  RunRecord(RunHead head) {
    this.head = head;
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
    int from = (int) Math.min(after, events.size());
    return events.subList(from, events.size()).stream().filter(wanted).limit(limit).toList();
  }
}
