package com.openagents.runtime.app.logging;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/// Takes secrets out of log lines: the process's own, whose texts are known, and what looks like
/// somebody else's.
final class SecretMask {
  private static final String MASK = "[secret]";

  /// Shorter texts are not looked for: they would stand in ordinary words.
  private static final int KNOWN_CHARS_MIN = 6;

  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)((?:authorization|api[-_]?key|password|passwd|secret|token|cookie)"
              + "\"?\\s*[:=]\\s*\"?(?:bearer\\s+|basic\\s+)?)[^\\s\",;&]+");

  private static final Pattern BEARER = Pattern.compile("(?i)(\\bbearer\\s+)[\\w.~+/=-]{8,}");
  private static final Pattern IN_ADDRESS = Pattern.compile("(://)[^/\\s@]+@");

  /// Signed request tokens, web tokens, and the usual form of provider keys.
  private static final Pattern BY_FORM =
      Pattern.compile(
          "()(?:\\bv1\\.[\\w-]{16,}\\.[\\w-]{16,}|\\beyJ[\\w-]+\\.[\\w-]+\\.[\\w-]*|\\bsk-[\\w-]{12,})");

  private static final List<Pattern> LOOKS_SECRET = List.of(NAMED, BEARER, IN_ADDRESS, BY_FORM);

  private final List<String> known;

  /// @param secrets texts that must not be printed
  SecretMask(List<String> secrets) {
    this.known =
        secrets.stream()
            .filter(secret -> secret.length() >= KNOWN_CHARS_MIN)
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  String masked(String text) {
    String masked = text;
    for (String secret : known) {
      masked = masked.replace(secret, MASK);
    }
    for (Pattern pattern : LOOKS_SECRET) {
      masked = pattern.matcher(masked).replaceAll("$1" + MASK);
    }
    return masked;
  }

  /// The value to print for something called `name`.
  String masked(String name, String value) {
    String pair = masked(name + "=" + value);
    return pair.startsWith(name + "=") ? pair.substring(name.length() + 1) : MASK;
  }
}
