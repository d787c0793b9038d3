package com.openagents.runtime.model;

import com.openagents.runtime.event.MessageEvent.ModelUse;
import java.time.Duration;

/// An answer as it comes. Pulled by one thread at a time; `close` may be called from any.
public interface ModelStream extends AutoCloseable {

  /// Waits up to `wait` for what comes next. After [Done] or [Failed] nothing follows.
  Polled next(Duration wait);

  /// Gives up the call; idempotent, never throws.
  @Override
  void close();

  sealed interface Polled {}

  record Text(String text) implements Polled {}

  record Reasoning(String text) implements Polled {}

  /// Nothing came within the wait.
  record Idle() implements Polled {}

  record Done(ModelUse use) implements Polled {}

  /// @param errorClass `unavailable`, `timeout`, `rate_limited`, `refused`, `malformed`
  /// @param retryable whether asking again may help
  record Failed(String errorClass, String message, boolean retryable) implements Polled {}

  Idle IDLE = new Idle();
}
