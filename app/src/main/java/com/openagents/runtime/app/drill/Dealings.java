package com.openagents.runtime.app.drill;

import com.openagents.runtime.identity.RunId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a client asked of one run and what was acknowledged to it. Thread-safe.
final class Dealings {

  private final RunId runId;
  private final String agent;
  private final Map<String, Said> sent = new LinkedHashMap<>();
  private final Set<String> acknowledged = new LinkedHashSet<>();
  private final List<Followed> followed = new ArrayList<>();
  private boolean started;
  private boolean cancelAccepted;

  /// A frame as it was sent.
  ///
  /// @param text of a message or a note, else empty
  record Said(String type, String text) {}

  /// What one reader had read when the stream came to its end.
  ///
  /// @param format `events` or `ai-sdk`
  record Followed(String format, String text) {}

  Dealings(RunId runId, String agent) {
    this.runId = runId;
    this.agent = agent;
  }

  RunId runId() {
    return runId;
  }

  String agent() {
    return agent;
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
