package com.openagents.runtime.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/// An answer as it came over the wire.
record RawReply(int status, TreeMap<String, String> headers, String text) {

  /// Reads the one answer that a text is; empty when it is none, or not whole.
  static Optional<RawReply> whole(String received) {
    int end = received.indexOf("\r\n\r\n");
    if (end < 0 || !received.matches("(?s)HTTP/1\\.1 \\d{3} .*")) {
      return Optional.empty();
    }
    TreeMap<String, String> headers = new TreeMap<>();
    received
        .substring(0, end)
        .lines()
        .skip(1)
        .forEach(line -> {
          int colon = line.indexOf(':');
          headers.merge(
              line.substring(0, colon).toLowerCase(Locale.ROOT),
              line.substring(colon + 1).strip(),
              (one, other) -> one + ", " + other);
        });
    String rest = received.substring(end + 4);
    String length = headers.getOrDefault("content-length", rest.isEmpty() ? "0" : "-1");
    if (Integer.parseInt(length) != rest.length()) {
      return Optional.empty();
    }
    byte[] bytes = rest.getBytes(StandardCharsets.ISO_8859_1);
    int status = Integer.parseInt(received.substring(9, 12));
    return Optional.of(new RawReply(status, headers, new String(bytes, StandardCharsets.UTF_8)));
  }

  String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }
}
