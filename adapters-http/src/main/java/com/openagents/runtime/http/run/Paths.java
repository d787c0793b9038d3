package com.openagents.runtime.http.run;

/// Writes identifiers into paths.
final class Paths {

  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  private Paths() {}

  /// Percent-encodes all but the unreserved characters (RFC 3986) of an ASCII text.
  static String encoded(String ascii) {
    StringBuilder path = new StringBuilder(ascii.length());
    for (int i = 0; i < ascii.length(); i++) {
      char c = ascii.charAt(i);
      if (UNRESERVED.indexOf(c) >= 0) {
        path.append(c);
      } else {
        path.append('%').append("%02X".formatted((int) c));
      }
    }
    return path.toString();
  }
}
