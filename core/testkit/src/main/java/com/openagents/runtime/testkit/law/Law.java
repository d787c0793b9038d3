package com.openagents.runtime.testkit.law;

import java.util.Optional;
import java.util.function.Function;

/// Something that must hold of every run, whatever happened.
///
/// @param name the law as a sentence
/// @param breach tells how a run breaks it, or nothing
public record Law(String name, Function<RunEvidence, Optional<String>> breach) {

  /// @throws AssertionError when the run breaks the law
  public void check(RunEvidence run) {
    breach
        .apply(run)
        .ifPresent(how -> {
          throw new AssertionError(
              "law broken by run %s: %s: %s".formatted(run.head().runId(), name, how));
        });
  }

  @Override
  public String toString() {
    return name;
  }
}
