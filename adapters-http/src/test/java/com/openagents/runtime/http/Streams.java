package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/// Reads streams in tests.
final class Streams {

  private Streams() {}

  /// Everything that a stream gives until it ends.
  static String readToTheEnd(Client client, String target) {
    HttpResponse<InputStream> response = client.open(target);
    assertThat(response.statusCode()).isEqualTo(200);
    try (InputStream in = response.body()) {
      String stream = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      client.check(target, response, stream);
      return stream;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The content of an answer that was received as it came, in chunks, and cut anywhere.
  static String unchunked(String received) {
    StringBuilder content = new StringBuilder();
    int at = received.indexOf("\r\n\r\n") + 4;
    for (int end = received.indexOf("\r\n", at); end > at; end = received.indexOf("\r\n", at)) {
      int from = end + 2;
      int to = from + Integer.parseInt(received.substring(at, end), 16);
      content.append(received, from, Math.min(to, received.length()));
      at = to + 2;
    }
    return content.toString();
  }

  /// A stream without what lies outside of its contract: comments, `retry:` and the end mark.
  static String blocks(String stream) {
    StringBuilder blocks = new StringBuilder();
    for (String block : stream.split("\n\n", -1)) {
      if (block.startsWith("id: ") || (block.startsWith("data: ") && !block.contains("[DONE]"))) {
        blocks.append(block).append("\n\n");
      }
    }
    return blocks.toString();
  }
}
