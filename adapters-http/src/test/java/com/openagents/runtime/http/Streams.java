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
