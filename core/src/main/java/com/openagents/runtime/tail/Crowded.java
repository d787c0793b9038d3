package com.openagents.runtime.tail;

/// A stream was not opened, because too many others wait to be opened, or because it waited too
/// long for its turn. The same may be tried again soon. Has no stack trace.
public final class Crowded extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Crowded(String message) {
    super(message, null, false, false);
  }
}
