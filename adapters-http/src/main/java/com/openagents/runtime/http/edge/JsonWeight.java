package com.openagents.runtime.http.edge;

/// What a JSON document takes in memory once it is read, beside its text. Pure.
final class JsonWeight {

  /// A value with its place in an array or object, and a small object, on the average of the worst.
  private static final int BYTES_PER_VALUE = 160;

  private JsonWeight() {}

  /// At most so many bytes, told without reading the document: it has no more values than commas
  /// and opening brackets, and one.
  static long of(byte[] utf8) {
    long values = 1;
    for (byte b : utf8) {
      if (b == ',' || b == '[' || b == '{') {
        values++;
      }
    }
    return values * BYTES_PER_VALUE;
  }
}
