package com.openagents.runtime.http.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.openagents.runtime.http.model.ReplayedProvider.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/// What a real server answered, byte for byte. Where each comes from stands in
/// `model/recorded/README.md`.
///
/// The bytes are held as Latin-1, one character each.
///
/// @param head the status line and headers, with the empty line behind them
/// @param body in its transfer coding
record Recording(String head, String body) {

  private static final String LINE_END = "\r\n";

  static Recording of(String name) {
    String response = new String(resource(name + ".http"), ISO_8859_1);
    int body = response.indexOf(LINE_END + LINE_END) + 2 * LINE_END.length();
    return new Recording(response.substring(0, body), response.substring(body));
  }

  /// The body of the request that was answered so.
  static String request(String name) {
    return new String(resource(name + ".request.json"), UTF_8);
  }

  Reply asItCame() {
    return out -> out.write((head + body).getBytes(ISO_8859_1));
  }

  /// The same in other chunks; what came without an end has none.
  Reply inChunksOf(int bytes) {
    StringBuilder content = new StringBuilder();
    boolean ended = false;
    for (int at = 0; at < body.length(); ) {
      int size = body.indexOf(LINE_END, at);
      int from = size + LINE_END.length();
      int to = from + Integer.parseInt(body.substring(at, size), 16);
      content.append(body, from, to);
      ended = from == to;
      at = to + LINE_END.length();
    }
    String other = head + chunks(content.toString(), bytes) + (ended ? chunk("") : "");
    return out -> out.write(other.getBytes(ISO_8859_1));
  }

  private static String chunks(String content, int bytes) {
    StringBuilder chunks = new StringBuilder();
    for (int at = 0; at < content.length(); at += bytes) {
      chunks.append(chunk(content.substring(at, Math.min(at + bytes, content.length()))));
    }
    return chunks.toString();
  }

  private static String chunk(String content) {
    return Integer.toHexString(content.length()) + LINE_END + content + LINE_END;
  }

  private static byte[] resource(String file) {
    try (InputStream in = Recording.class.getResourceAsStream("/model/recorded/" + file)) {
      return Objects.requireNonNull(in).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
