package com.openagents.runtime.app.settings;

import java.util.List;
import java.util.stream.Collectors;

/// The settings cannot be used; [#problems()] has every reason, not only the first.
public final class SettingsRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  SettingsRefused(List<Problem> problems) {
    super(
        problems.stream()
            .map(problem -> "  " + problem)
            .collect(Collectors.joining("\n", "The settings cannot be used:\n", "")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
