package com.openagents.runtime.http.edge;

import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.http.exchange.ProblemCode;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// The bytes that the bodies and the answers of all calls may hold in memory together. A body
/// counts as it comes, so that one which is only announced holds nothing; what is made of it and
/// what is answered count from when they are there until the call is over. The last eighth is for
/// calls that hold little, so that a few large ones leave room for all others. Thread-safe.
final class BodyBudget {

  private static final Duration BACK_SOON = Duration.ofSeconds(1);

  /// What is little.
  static final int SMALL = 16 << 10;

  private final long reserved;
  private final AtomicLong left;

  BodyBudget(long bytesMax) {
    this.reserved = bytesMax / 8;
    this.left = new AtomicLong(bytesMax);
  }

  /// What one call holds. Not thread-safe.
  Room room() {
    return new Room();
  }

  final class Room implements AutoCloseable {

    private long held;

    /// Takes more.
    ///
    /// @throws Problem when there is none
    void grow(long bytes) {
      long untouched = held + bytes > SMALL ? reserved : 0;
      if (left.addAndGet(-bytes) < untouched) {
        left.addAndGet(bytes);
        throw new Problem(
                ProblemCode.OVERLOADED, "The node holds as many bodies as it can: try again soon.")
            .because("bodies_bytes")
            .retryAfter(BACK_SOON);
      }
      held += bytes;
    }

    @Override
    public void close() {
      left.addAndGet(held);
      held = 0;
    }
  }
}
