package com.openagents.runtime.projector;

import com.openagents.runtime.projection.CheckpointRules.Verdict;
import com.openagents.runtime.projection.Entity;

/// A document of which a sink had not what it should have had, as a delivery met it.
///
/// @param expected what it should have had, for a person
/// @param found what it had, as far as that is known, for a person
public record Drift(
    String sink, String projection, Entity entity, Verdict verdict, String expected, String found) {

  /// One line for a person.
  public String evidence() {
    return "%s %s %s %s: %s".formatted(sink, verdict.word(), projection, entity.id(), differs());
  }

  /// Why the document is parked, where it is not written over what the sink has.
  String reason() {
    return verdict.word() + ": " + differs();
  }

  private String differs() {
    return "expected %s, found %s".formatted(expected, found);
  }
}
