package com.openagents.runtime.app.drill;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonLimits;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.http.client.SseEvent;
import java.util.ArrayList;
import java.util.List;

/// The text of a run's stream, of those blocks that tell something of the run: without comments,
/// `retry:`, ids on their own and the end mark.
final class Blocks {

  /// The format that tells the events as they are.
  static final String RAW = "events";

  /// The format for the AI SDK.
  static final String AI_SDK = "ai-sdk";

  private static final String DATA = "data: ";

  private Blocks() {}

  /// As a reader has it that was handed block after block.
  static void append(StringBuilder text, SseEvent block) {
    if (block.id() != null) {
      text.append("id: ").append(block.id()).append('\n');
    }
    text.append(DATA).append(block.data()).append("\n\n");
  }

  /// As a node sends it to whoever reads an ended run in one go.
  static String of(String body) {
    StringBuilder text = new StringBuilder();
    for (String block : body.split("\n\n", -1)) {
      if (block.contains(DATA) && !block.equals(DATA + "[DONE]")) {
        text.append(block).append("\n\n");
      }
    }
    return text.toString();
  }

  /// The objects that the blocks of a text carry.
  static List<Json.Obj> objects(String text) {
    List<Json.Obj> objects = new ArrayList<>();
    text.lines()
        .filter(line -> line.startsWith(DATA))
        .forEach(line ->
            objects.add(JsonReader.readObject(line.substring(DATA.length()), JsonLimits.STORED)));
    return objects;
  }
}
