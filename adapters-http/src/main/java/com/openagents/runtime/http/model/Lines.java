package com.openagents.runtime.http.model;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Cuts a byte stream into lines, however it arrives. Bounded. Not thread-safe.
final class Lines {

  private final int lineBytesMax;
  private final long bytesMax;
  private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
  private long bytes;

  Lines(int lineBytesMax, long bytesMax) {
    this.lineBytesMax = lineBytesMax;
    this.bytesMax = bytesMax;
  }

  /// Returns the lines that are whole now, without their ends.
  ///
  /// @throws TooLong when a line or the whole exceeds its bound
  List<String> feed(ByteBuffer buffer) throws TooLong {
    List<String> lines = new ArrayList<>();
    bytes += buffer.remaining();
    while (buffer.hasRemaining()) {
      byte b = buffer.get();
      if (b == '\n') {
        lines.add(finish());
      } else {
        unfinished.write(b);
      }
    }
    if (unfinished.size() > lineBytesMax || bytes > bytesMax) {
      throw new TooLong();
    }
    return lines;
  }

  /// Returns what stands after the last line end.
  String rest() {
    return finish();
  }

  private String finish() {
    String line = unfinished.toString(StandardCharsets.UTF_8);
    unfinished.reset();
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  /// A line, or the stream, is longer than was agreed.
  static final class TooLong extends Exception {
    private static final long serialVersionUID = 1L;
  }
}
