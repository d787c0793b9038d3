package com.openagents.runtime.app.drill;

import com.openagents.runtime.canon.Json;
import java.util.List;

/// All that outsiders know about one run when the faults are over.
///
/// @param dealings what its client asked and was told
/// @param log the pages of its events
/// @param rendered its stream from the start, as nodes tell it afterwards
/// @param provider what the model's provider wrote down
/// @param original the events of what the run is a fork of; empty when it is none
record RunEvidence(
    Dealings dealings,
    List<LoggedEvent> log,
    List<Rendered> rendered,
    ProviderBooks provider,
    List<LoggedEvent> original) {

  RunEvidence {
    original = List.copyOf(original);
    log = List.copyOf(log);
    rendered = List.copyOf(rendered);
  }

  /// @param node who told it
  record Rendered(String node, String format, String text) {}

  /// The run of the evidence, as breaches name it.
  String where() {
    return dealings.runId().toString();
  }

  Breach breach(Law law, String what) {
    return new Breach(law, where(), what);
  }

  /// What the run has by itself: all of it, or of a fork what stands behind `run.forked`.
  List<LoggedEvent> own() {
    long copied = dealings.copied();
    return copied == 0 ? log : log.stream().filter(event -> event.seq() > copied + 1).toList();
  }

  List<LoggedEvent> ofType(String type) {
    return own().stream().filter(event -> event.type().equals(type)).toList();
  }

  boolean completed() {
    return !ofType("run.completed").isEmpty();
  }

  /// Whole messages of the agent, without those that were interrupted.
  List<LoggedEvent> answers() {
    return ofType("message.completed").stream()
        .filter(event -> Json.of("complete").equals(event.payload().get("outcome")))
        .toList();
  }
}
