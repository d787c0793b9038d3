package com.openagents.runtime.http.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Streams that a client has read to their end.
public final class ReadStream {

  private ReadStream() {}

  public static List<SseEvent> whole(byte[] stream) {
    return read(new ByteArrayInputStream(stream));
  }

  /// As slowly as a network may deliver it.
  public static List<SseEvent> byteByByte(byte[] stream) {
    return read(
        new ByteArrayInputStream(stream) {
          @Override
          public synchronized int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(1, length));
          }
        });
  }

  private static List<SseEvent> read(InputStream in) {
    List<SseEvent> blocks = new ArrayList<>();
    try (SseReader reader = new SseReader(in)) {
      for (Optional<SseEvent> next = reader.next(); next.isPresent(); next = reader.next()) {
        blocks.add(next.get());
      }
      return blocks;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
