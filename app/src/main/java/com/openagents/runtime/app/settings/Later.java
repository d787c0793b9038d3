package com.openagents.runtime.app.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Settings of parts that are still to come. Their names are kept, and what they will do by default
/// may be written down already.
final class Later {

  /// The texts that mean the default, by name.
  private static final Map<String, List<String>> DEFAULTS = new LinkedHashMap<>();

  static {
    DEFAULTS.put("OA_BLOB_STORE", List.of("postgres"));
  }

  private Later() {}

  static boolean names(String name) {
    return DEFAULTS.containsKey(name);
  }

  /// What is wrong with a value.
  static Optional<Problem> problem(String name, String text) {
    List<String> defaults = DEFAULTS.getOrDefault(name, List.of());
    if (defaults.contains(text)) {
      return Optional.empty();
    }
    return Optional.of(
        new Problem(
            name, "comes later; this version takes " + String.join(" or ", defaults) + " alone"));
  }

  /// The names, and the defaults that may be set, as a sentence for people.
  static String markdown() {
    return DEFAULTS.entrySet().stream()
        .map(setting ->
            "`%s` (`%s`)".formatted(setting.getKey(), String.join("` or `", setting.getValue())))
        .collect(Collectors.joining(",\n", "", ".\n"));
  }
}
