package com.openagents.runtime.app.drill;

import com.openagents.runtime.identity.RunId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a client asked of one run and what was acknowledged to it. Thread-safe.
final class Dealings {

  private final RunId runId;
  private final String agent;
  private final @Nullable Dealings original;
  private final Map<String, Said> sent = new LinkedHashMap<>();
  private final Set<String> acknowledged = new LinkedHashSet<>();
  private final List<List<String>> together = new ArrayList<>();
  private final List<Followed> followed = new ArrayList<>();
  private boolean started;
  private boolean cancelAccepted;
  private long lastSeq;
  private long copied;

  /// A frame as it was sent.
  ///
  /// @param text of a message or a note, else empty
  record Said(String type, String text) {}

  /// What one reader had read when the stream came to its end.
  ///
  /// @param format `events` or `ai-sdk`
  record Followed(String format, String text) {}

  Dealings(RunId runId, String agent) {
    this(runId, agent, null);
  }

  /// @param original what the run is a fork of, or null
  Dealings(RunId runId, String agent, @Nullable Dealings original) {
    this.runId = runId;
    this.agent = agent;
    this.original = original;
  }

  RunId runId() {
    return runId;
  }

  String agent() {
    return agent;
  }

  /// What the run is a fork of, or null.
  @Nullable Dealings original() {
    return original;
  }

  /// Where the log ends at least, as was told.
  synchronized void reaches(long seq) {
    lastSeq = Math.max(lastSeq, seq);
  }

  synchronized long lastSeq() {
    return lastSeq;
  }

  /// @param atSeq the last sequence of the original that the fork has, as was answered
  synchronized void forked(long atSeq) {
    copied = atSeq;
    started = true;
  }

  /// The last sequence that the run has of its original; 0 when it is no fork.
  synchronized long copied() {
    return copied;
  }

  /// Frames were sent in one call, in this order.
  synchronized void sendsTogether(List<String> frameIds) {
    together.add(List.copyOf(frameIds));
  }

  synchronized List<List<String>> together() {
    return List.copyOf(together);
  }

  /// Noted before the first attempt, since an attempt without an answer may have had its effect.
  synchronized void sends(String frameId, Said said) {
    sent.put(frameId, said);
  }

  synchronized void startAcknowledged() {
    started = true;
  }

  synchronized void acknowledged(String frameId) {
    acknowledged.add(frameId);
  }

  /// The run was asked to end before it had ended.
  synchronized void cancelAccepted() {
    cancelAccepted = true;
  }

  synchronized void followed(Followed reading) {
    followed.add(reading);
  }

  synchronized boolean wasStarted() {
    return started;
  }

  synchronized boolean wasCanceled() {
    return cancelAccepted;
  }

  synchronized Map<String, Said> sent() {
    return Map.copyOf(sent);
  }

  synchronized Set<String> acknowledged() {
    return Set.copyOf(acknowledged);
  }

  synchronized List<Followed> followed() {
    return List.copyOf(followed);
  }
}
