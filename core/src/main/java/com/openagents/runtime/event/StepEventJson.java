package com.openagents.runtime.event;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.StepEvent.CheckpointSaved;
import com.openagents.runtime.event.StepEvent.IntentRecord;
import com.openagents.runtime.event.StepEvent.LoopDetected;
import com.openagents.runtime.event.StepEvent.StepFinished;
import com.openagents.runtime.event.StepEvent.StepStarted;

/// The payloads of [StepEvent].
final class StepEventJson {

  private StepEventJson() {}

  static void write(StepEvent event, Json.Builder out) {
    switch (event) {
      case StepStarted(var turn, var step, var consumesThrough, var intents) ->
          out.put("turn", turn)
              .put("step", step)
              .put("consumesThrough", consumesThrough)
              .put("intents", Json.array(intents.stream().map(StepEventJson::of).toList()));
      case StepFinished(var turn, var step, var outcome) ->
          out.put("turn", turn).put("step", step).put("outcome", outcome);
      case CheckpointSaved(var throughSeq, var digest) ->
          out.put("throughSeq", throughSeq).put("digest", digest.toString());
      case LoopDetected(var detector, var level, var count, var message) ->
          out.put("detector", detector)
              .put("level", level)
              .put("count", count)
              .put("message", message);
    }
  }

  private static Json.Obj of(IntentRecord intent) {
    return Json.object()
        .put("id", intent.id())
        .put("kind", intent.kind())
        .put("body", intent.body())
        .build();
  }

  static StepStarted started(Fields fields) {
    return new StepStarted(
        fields.count("turn"),
        fields.count("step"),
        fields.whole("consumesThrough"),
        fields.list(
            "intents",
            intent ->
                new IntentRecord(intent.text("id"), intent.text("kind"), intent.object("body"))));
  }

  static StepFinished finished(Fields fields) {
    return new StepFinished(fields.count("turn"), fields.count("step"), fields.text("outcome"));
  }

  static CheckpointSaved checkpointSaved(Fields fields) {
    return new CheckpointSaved(fields.whole("throughSeq"), fields.digest("digest"));
  }

  static LoopDetected loopDetected(Fields fields) {
    return new LoopDetected(
        fields.text("detector"),
        fields.text("level"),
        fields.count("count"),
        fields.text("message"));
  }
}
