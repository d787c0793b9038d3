package com.openagents.runtime.codec;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The scalar types on both sides: sequences, counts and times.
///
/// What does not fit is refused by an IllegalArgumentException, never cut off.
final class Scalars {

  private static final int NANOS_MAX = 999_999_999;

  private Scalars() {}

  /// Hands a value to a builder's setter, unless there is none.
  static <T> void set(@Nullable T value, Consumer<T> setter) {
    if (value != null) {
      setter.accept(value);
    }
  }

  static int uint32(long seq) {
    if (seq < 0 || seq > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException(seq + " does not fit into 32 bits");
    }
    return (int) seq;
  }

  static long seq(int uint32) {
    return Integer.toUnsignedLong(uint32);
  }

  static int count(int value) {
    if (value < 0) {
      throw new IllegalArgumentException("a count is not negative and has at most 31 bits");
    }
    return value;
  }

  /// Cuts to microseconds, as the JSON form does.
  static Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano() / 1000 * 1000)
        .build();
  }

  static Instant time(Timestamp timestamp) {
    int nanos = timestamp.getNanos();
    if (nanos < 0 || nanos > NANOS_MAX) {
      throw new IllegalArgumentException("a second has 10^9 nanoseconds");
    }
    return Instant.ofEpochSecond(timestamp.getSeconds(), nanos / 1000 * 1000L);
  }

  /// Reads a message that must be set.
  static <T> T needed(boolean set, String name, T value) {
    if (!set) {
      throw new IllegalArgumentException(name + " is not set");
    }
    return value;
  }
}
