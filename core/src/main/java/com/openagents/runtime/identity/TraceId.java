package com.openagents.runtime.identity;

import java.util.regex.Pattern;

/// The W3C trace id that follows a request into events, logs and model calls.
///
/// @param value 32 lowercase hex digits, not all zero
public record TraceId(String value) {

  private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");
  private static final String NONE = "0".repeat(32);

  public TraceId {
    if (!FORM.matcher(value).matches() || value.equals(NONE)) {
      throw new IllegalArgumentException("a trace id has 32 lowercase hex digits, not all zero");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
