package com.openagents.runtime.app.crash;

import com.openagents.runtime.app.machine.ServiceProcess;
import com.openagents.runtime.http.client.SseEvent;
import com.openagents.runtime.identity.RunId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The text of a run's stream, of those blocks that tell something of the run: without comments,
/// `retry:`, ids on their own and the end mark.
final class StreamText {

  private StreamText() {}

  /// As a reader has it that was handed block after block.
  static String of(List<SseEvent> blocks) {
    StringBuilder text = new StringBuilder();
    for (SseEvent block : blocks) {
      if (block.id() != null) {
        text.append("id: ").append(block.id()).append('\n');
      }
      text.append("data: ").append(block.data()).append("\n\n");
    }
    return text.toString();
  }

  /// As a node sends it to whoever reads an ended run in one go.
  static String whole(ServiceProcess node, RunId run, String format) throws IOException {
    String target = "/internal/v1/runs/" + run + "/stream?format=" + format;
    StringBuilder text = new StringBuilder();
    try (InputStream in = Cluster.client(node).download(target).body()) {
      for (String block : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n\n", -1)) {
        if (block.contains("data: ") && !block.equals("data: [DONE]")) {
          text.append(block).append("\n\n");
        }
      }
    }
    return text.toString();
  }
}
