package com.openagents.runtime.event;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.StepEvent.CheckpointSaved;
import com.openagents.runtime.event.StepEvent.IntentRecord;
import com.openagents.runtime.event.StepEvent.LoopDetected;
import com.openagents.runtime.event.StepEvent.StepFinished;
import com.openagents.runtime.event.StepEvent.StepStarted;
import java.util.List;

/// The JSON of [StepEvent]s.
final class StepEventJson {

  private StepEventJson() {}

  static Json.Obj write(StepEvent event) {
    Json.Builder out = Json.object();
    return switch (event) {
      case StepStarted(int turn, int step, long consumes, var intents) ->
          out.put("turn", turn)
              .put("step", step)
              .put("consumesThrough", consumes)
              .put("intents", Json.array(intents.stream().map(StepEventJson::intent).toList()))
              .build();
      case StepFinished(int turn, int step, var outcome) ->
          out.put("turn", turn).put("step", step).put("outcome", outcome).build();
      case CheckpointSaved(long through, var digest) ->
          out.put("throughSeq", through).put("digest", digest.toString()).build();
      case LoopDetected(var detector, var level, int count, var message) ->
          out.put("detector", detector)
              .put("level", level)
              .put("count", count)
              .put("message", message)
              .build();
    };
  }

  static StepEvent read(EventType type, Fields in) {
    return switch (type) {
      case STEP_STARTED ->
          new StepStarted(
              in.integer("turn"),
              in.integer("step"),
              in.number("consumesThrough"),
              intents(in.array("intents")));
      case STEP_FINISHED ->
          new StepFinished(in.integer("turn"), in.integer("step"), in.text("outcome"));
      case CHECKPOINT_SAVED -> new CheckpointSaved(in.number("throughSeq"), in.digest("digest"));
      case LOOP_DETECTED ->
          new LoopDetected(
              in.text("detector"), in.text("level"), in.integer("count"), in.text("message"));
      default -> throw new IllegalArgumentException(type + " is no event of a step");
    };
  }

  private static Json.Obj intent(IntentRecord intent) {
    return Json.object()
        .put("id", intent.id())
        .put("kind", intent.kind())
        .put("body", intent.body())
        .build();
  }

  private static List<IntentRecord> intents(List<Json> items) {
    return items.stream()
        .map(item -> {
          if (!(item instanceof Json.Obj object)) {
            throw new IllegalArgumentException("an intent is an object");
          }
          Fields in = new Fields(object);
          return new IntentRecord(in.text("id"), in.text("kind"), in.object("body"));
        })
        .toList();
  }
}
