package com.openagents.runtime.http.model;

import org.jspecify.annotations.Nullable;

/// An error as a provider words it.
///
/// @param code a name or a number, or null
record ProviderError(@Nullable String code, @Nullable String message) {

  static final ProviderError SILENT = new ProviderError(null, null);
  private static final int MESSAGE_MAX = 300;

  boolean isOutOfQuota() {
    return "insufficient_quota".equals(code);
  }

  /// The code as an HTTP status, or `otherwise` when it is none.
  int status(int otherwise) {
    try {
      int number = code == null ? 0 : Integer.parseInt(code);
      return number >= 400 && number < 600 ? number : otherwise;
    } catch (NumberFormatException e) {
      return "rate_limit_exceeded".equals(code) ? 429 : otherwise;
    }
  }

  /// Words for a person. What a provider says about credentials is left out, for it may repeat
  /// them; the rest has no key in it, is cut and kept to one line.
  String describe(ChatEndpoint endpoint, int status) {
    String said =
        message == null || status == 401 || status == 403
            ? ""
            : oneLine(endpoint.redacted(message));
    return endpoint.provider() + " answered " + status + (said.isEmpty() ? "" : ": " + said);
  }

  private static String oneLine(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(MESSAGE_MAX)
        .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? ' ' : c)
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .forEach(line::appendCodePoint);
    return line.toString().strip();
  }
}
