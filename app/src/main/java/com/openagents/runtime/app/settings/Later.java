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
    DEFAULTS.put("OA_SINKS", List.of("none"));
    for (String unset :
        List.of(
            "OA_PUBLIC_HTTP_PORT",
            "OA_SESSION_ISSUER",
            "OA_SESSION_AUDIENCE",
            "OA_TOKEN_ISSUER",
            "OA_TOKEN_KEYS",
            "OA_CONVEX_AUDIENCE",
            "OA_SYNC_AUDIENCE")) {
      DEFAULTS.put(unset, List.of());
    }
  }

  private Later() {}

  static boolean names(String name) {
    return DEFAULTS.containsKey(name);
  }

  /// What is wrong with a value, which may be that there is one at all.
  static Optional<Problem> problem(String name, String text) {
    List<String> defaults = DEFAULTS.getOrDefault(name, List.of());
    if (defaults.contains(text)) {
      return Optional.empty();
    }
    String advice =
        defaults.isEmpty()
            ? "leave it out"
            : "this version takes " + String.join(" or ", defaults) + " alone";
    return Optional.of(new Problem(name, "comes later; " + advice));
  }

  /// The names, and the defaults that may be set, as a sentence for people.
  static String markdown() {
    return DEFAULTS.entrySet().stream()
        .map(setting ->
            "`%s`%s"
                .formatted(
                    setting.getKey(),
                    setting.getValue().isEmpty()
                        ? ""
                        : " (`" + String.join("` or `", setting.getValue()) + "`)"))
        .collect(Collectors.joining(",\n", "", ".\n"));
  }
}
