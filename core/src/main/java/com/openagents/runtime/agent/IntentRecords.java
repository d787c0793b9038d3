package com.openagents.runtime.agent;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.StepEvent.IntentRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Maps what an agent decided to what the log keeps of it, and back.
public final class IntentRecords {

  private IntentRecords() {}

  /// Gives each intent its id, `<turn>.<step>.<index>`.
  public static List<IntentRecord> of(int turn, int step, List<Intent> intents) {
    List<IntentRecord> records = new ArrayList<>();
    for (int index = 0; index < intents.size(); index++) {
      records.add(record(turn + "." + step + "." + index, intents.get(index)));
    }
    return records;
  }

  private static IntentRecord record(String id, Intent intent) {
    Json.Builder body = Json.object();
    String kind =
        switch (intent) {
          case Intent.Say(String text) -> named("say", body.put("text", text));
          case Intent.Think(String text) -> named("think", body.put("text", text));
          case Intent.Predict(String signature, Json.Obj input) ->
              named("predict", body.put("signature", signature).put("input", input));
          case Intent.CallTool(String name, Json.Obj arguments, String settlement) ->
              named(
                  "call_tool",
                  body.put("name", name).put("arguments", arguments).put("settlement", settlement));
          case Intent.RequestApproval(String subject, Json.Obj shown, Duration expiresAfter) ->
              named(
                  "request_approval",
                  body.put("subject", subject)
                      .put("shown", shown)
                      .put("expiresAfterMs", expiresAfter.toMillis()));
          case Intent.Spawn(String agent, Json.Obj firstMessage) ->
              named("spawn", body.put("agent", agent).put("firstMessage", firstMessage));
          case Intent.SleepUntil(Instant time) ->
              named("sleep_until", body.put("time", time.toString()));
          case Intent.AwaitFrames() -> "await_frames";
          case Intent.Compact() -> "compact";
          case Intent.Finish() -> "finish";
          case Intent.Fail(String message) -> named("fail", body.put("message", message));
        };
    return new IntentRecord(id, kind, body.build());
  }

  private static String named(String kind, Json.Builder body) {
    return body == null ? "" : kind;
  }

  /// Reads an intent back.
  ///
  /// @throws IllegalArgumentException when no version of the runtime wrote such a record
  public static Intent read(IntentRecord record) {
    Json.Obj body = record.body();
    return switch (record.kind()) {
      case "say" -> new Intent.Say(text(body, "text"));
      case "think" -> new Intent.Think(text(body, "text"));
      case "predict" -> new Intent.Predict(text(body, "signature"), object(body, "input"));
      case "call_tool" ->
          new Intent.CallTool(
              text(body, "name"), object(body, "arguments"), text(body, "settlement"));
      case "request_approval" ->
          new Intent.RequestApproval(
              text(body, "subject"),
              object(body, "shown"),
              Duration.ofMillis(number(body, "expiresAfterMs")));
      case "spawn" -> new Intent.Spawn(text(body, "agent"), object(body, "firstMessage"));
      case "sleep_until" -> new Intent.SleepUntil(Instant.parse(text(body, "time")));
      case "await_frames" -> new Intent.AwaitFrames();
      case "compact" -> new Intent.Compact();
      case "finish" -> new Intent.Finish();
      case "fail" -> new Intent.Fail(text(body, "message"));
      default -> throw new IllegalArgumentException("no such intent: " + record.kind());
    };
  }

  private static String text(Json.Obj body, String field) {
    if (body.get(field) instanceof Json.Str(String text)) {
      return text;
    }
    throw new IllegalArgumentException("an intent lacks its " + field);
  }

  private static long number(Json.Obj body, String field) {
    if (body.get(field) instanceof Json.Num(double number)) {
      return (long) number;
    }
    throw new IllegalArgumentException("an intent lacks its " + field);
  }

  private static Json.Obj object(Json.Obj body, String field) {
    if (body.get(field) instanceof Json.Obj object) {
      return object;
    }
    throw new IllegalArgumentException("an intent lacks its " + field);
  }
}
