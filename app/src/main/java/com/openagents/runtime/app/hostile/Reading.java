package com.openagents.runtime.app.hostile;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonLimits;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.http.client.SseEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The whole stream of a session of `echo`, as a reader has it.
record Reading(List<SseEvent> blocks) {

  /// @param said what was said to the run, in its order
  /// @return what is wrong with the stream, or empty
  Optional<String> wrong(List<String> said) {
    List<String> answers = new ArrayList<>();
    String last = "";
    for (int i = 0; i < blocks.size(); i++) {
      SseEvent block = blocks.get(i);
      if (!Integer.toString(i + 1).equals(block.id())) {
        return Optional.of("block %d has the id %s".formatted(i + 1, block.id()));
      }
      Json.Obj envelope = JsonReader.readObject(String.valueOf(block.data()), JsonLimits.STORED);
      last = text(envelope, "type");
      if (last.equals("message.completed") && envelope.get("payload") instanceof Json.Obj payload) {
        answers.add(text(payload, "text"));
      }
    }
    if (!last.equals("run.completed")) {
      return Optional.of("its stream ends with " + last);
    }
    return answers.equals(said)
        ? Optional.empty()
        : Optional.of("to %s it was answered %s".formatted(said, answers));
  }

  private static String text(Json.Obj object, String field) {
    return object.get(field) instanceof Json.Str(String value) ? value : "";
  }
}
