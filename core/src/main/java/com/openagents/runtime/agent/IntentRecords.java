package com.openagents.runtime.agent;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.Timestamps;
import com.openagents.runtime.event.PlainText;
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
      Intent intent = intents.get(index);
      String id = turn + "." + step + "." + index;
      records.add(new IntentRecord(id, kind(intent), body(intent)));
    }
    return records;
  }

  private static String kind(Intent intent) {
    return switch (intent) {
      case Intent.Say _ -> "say";
      case Intent.Think _ -> "think";
      case Intent.Predict _ -> "predict";
      case Intent.CallTool _ -> "call_tool";
      case Intent.RequestApproval _ -> "request_approval";
      case Intent.Spawn _ -> "spawn";
      case Intent.SleepUntil _ -> "sleep_until";
      case Intent.AwaitFrames() -> "await_frames";
      case Intent.Compact() -> "compact";
      case Intent.Finish() -> "finish";
      case Intent.Fail _ -> "fail";
    };
  }

  private static Json.Obj body(Intent intent) {
    Json.Builder body = Json.object();
    return switch (intent) {
      case Intent.Say(String text) -> body.put("text", PlainText.of(text)).build();
      case Intent.Think(String text) -> body.put("text", PlainText.of(text)).build();
      case Intent.Predict(String signature, Json.Obj input) ->
          body.put("signature", signature).put("input", input).build();
      case Intent.CallTool(String name, Json.Obj arguments, Intent.Settlement settlement) ->
          body.put("name", name)
              .put("arguments", arguments)
              .put("settlement", settlement.wireName())
              .build();
      case Intent.RequestApproval(String subject, Json.Obj shown, Duration expiresAfter) ->
          body.put("subject", subject)
              .put("shown", shown)
              .put("expiresAfterMs", expiresAfter.toMillis())
              .build();
      case Intent.Spawn(String agent, Json.Obj firstMessage) ->
          body.put("agent", agent).put("firstMessage", firstMessage).build();
      case Intent.SleepUntil(Instant time) -> body.put("time", time).build();
      case Intent.AwaitFrames(), Intent.Compact(), Intent.Finish() -> body.build();
      case Intent.Fail(String message) -> body.put("message", PlainText.of(message)).build();
    };
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
              text(body, "name"),
              object(body, "arguments"),
              Intent.Settlement.named(text(body, "settlement")));
      case "request_approval" ->
          new Intent.RequestApproval(
              text(body, "subject"),
              object(body, "shown"),
              Duration.ofMillis(Math.max(0, number(body, "expiresAfterMs"))));
      case "spawn" -> new Intent.Spawn(text(body, "agent"), object(body, "firstMessage"));
      case "sleep_until" -> new Intent.SleepUntil(Timestamps.read(text(body, "time")));
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
    throw lacks(field);
  }

  private static long number(Json.Obj body, String field) {
    if (body.get(field) instanceof Json.Num(double number)) {
      return (long) number;
    }
    throw lacks(field);
  }

  private static Json.Obj object(Json.Obj body, String field) {
    if (body.get(field) instanceof Json.Obj object) {
      return object;
    }
    throw lacks(field);
  }

  private static IllegalArgumentException lacks(String field) {
    return new IllegalArgumentException("an intent lacks its " + field);
  }
}
