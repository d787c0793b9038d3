package com.openagents.runtime.stream;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// The bytes of server-sent events (WHATWG HTML, section 9.2).
///
/// An event of the run is one group of blocks. Only the last of a group carries the id, so a reader
/// that was cut within a group asks for the whole group again; an event that a format does not show
/// is a block with an id alone, which moves the reader's cursor and dispatches nothing.
final class SseBlocks {

  private static final byte[] DONE = utf8("data: [DONE]\n\n");

  private SseBlocks() {}

  /// The group of one run event.
  static byte[] group(long seq, List<Chunk> chunks) {
    StringBuilder out = new StringBuilder(64);
    int last = chunks.size() - 1;
    for (int i = 0; i < last; i++) {
      out.append("data: ").append(chunks.get(i).json()).append("\n\n");
    }
    out.append("id: ").append(seq).append('\n');
    if (last >= 0) {
      out.append("data: ").append(chunks.get(last).json()).append('\n');
    }
    return utf8(out.append('\n').toString());
  }

  /// Ends a stream whose run has ended; it is no event of the run and has no id.
  static byte[] done() {
    return DONE.clone();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
