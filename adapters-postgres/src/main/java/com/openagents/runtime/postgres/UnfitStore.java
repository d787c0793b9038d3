package com.openagents.runtime.postgres;

/// A database cannot keep what the runtime promises; the message says what to change.
public final class UnfitStore extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  UnfitStore(String message) {
    super(message);
  }
}
