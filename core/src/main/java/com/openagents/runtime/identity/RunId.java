package com.openagents.runtime.identity;

import java.util.UUID;

/// The identifier of a run: a UUID chosen by the client that starts it, or made by [Ids].
public record RunId(UUID value) implements Comparable<RunId> {

  /// Reads the canonical 36-character form, in either case.
  ///
  /// @throws IllegalArgumentException when the text is not a canonical UUID
  public static RunId parse(String text) {
    if (text.length() != 36) {
      throw new IllegalArgumentException("a run id is a UUID of 36 characters");
    }
    return new RunId(UUID.fromString(text));
  }

  /// Orders as PostgreSQL orders `uuid`: by unsigned bytes.
  @Override
  public int compareTo(RunId other) {
    int high =
        Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(
            value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
