package com.openagents.runtime.http.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.http.client.ReadStream;
import com.openagents.runtime.http.client.SseEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stream of server-sent events, as a client reads it to resume.
///
/// The law: the blocks are those of the standard, read here by its letter, and the same however the
/// stream is cut into pieces.
final class SseParser implements Parser {

  @Override
  public boolean takes(byte[] input) {
    List<SseEvent> blocks = ReadStream.whole(input);
    assertThat(blocks).isEqualTo(byTheLetter(new String(input, StandardCharsets.UTF_8)));
    assertThat(ReadStream.byteByByte(input)).isEqualTo(blocks);
    return !blocks.isEmpty();
  }

  /// WHATWG HTML, 9.2.5 and 9.2.6, without what our streams do not use: `event` and `retry`.
  private static List<SseEvent> byTheLetter(String text) {
    List<SseEvent> blocks = new ArrayList<>();
    String rest = text.startsWith("\uFEFF") ? text.substring(1) : text;
    Block block = new Block();
    for (int end = lineEnd(rest); end >= 0; end = lineEnd(rest)) {
      String line = rest.substring(0, end);
      boolean two = rest.startsWith("\r\n", end);
      rest = rest.substring(end + (two ? 2 : 1));
      if (!line.isEmpty()) {
        block.field(line);
      } else {
        if (block.id != null || block.data != null) {
          blocks.add(new SseEvent(block.id, block.data));
        }
        block = new Block();
      }
    }
    return blocks;
  }

  private static int lineEnd(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n' || text.charAt(i) == '\r') {
        return i;
      }
    }
    return -1;
  }

  private static final class Block {
    private @Nullable String id;
    private @Nullable String data;

    void field(String line) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1);
      value = value.startsWith(" ") ? value.substring(1) : value;
      if (name.equals("id") && value.indexOf('\0') < 0) {
        id = value;
      } else if (name.equals("data")) {
        data = data == null ? value : data + "\n" + value;
      }
    }
  }
}
