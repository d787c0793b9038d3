package com.openagents.runtime.log;

/// The store did not answer, or not in time; whether a write happened is not known.
///
/// Retry with the same idempotency key, or read and decide again.
public final class StoreUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StoreUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
