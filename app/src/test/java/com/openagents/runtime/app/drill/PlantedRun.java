package com.openagents.runtime.app.drill;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.identity.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// The evidence of a run that keeps every law, until something is planted in it: a session of the
/// assistant with two messages, whose first executor was lost in its first answer.
final class PlantedRun {

  static final String HELLO = "hello";
  static final String AGAIN = "hello again";

  final RunId runId = new RunId(UUID.randomUUID());
  final Dealings dealings;
  final ProviderBooks provider = new ProviderBooks();
  final List<LoggedEvent> log = new ArrayList<>();
  private boolean otherBytes;

  /// A fork of which nothing is there yet.
  PlantedRun(PlantedRun original) {
    dealings = new Dealings(runId, "assistant", original.dealings);
  }

  PlantedRun() {
    dealings = new Dealings(runId, "assistant");
    dealings.startAcknowledged();
    say("f-1", HELLO);
    say("f-2", AGAIN);
    add("run.created", 0, Json.object());
    add("run.started", 1, Json.object());
    add(frame("f-1", HELLO));
    add("step.started", 1, Json.object().put("turn", 1));
    add("run.executor_lost", 0, Json.object().put("epoch", 1));
    add("run.resumed", 3, Json.object());
    add(answer("1.1.0.2", HELLO, 3));
    add(frame("f-2", AGAIN));
    add(answer("2.1.0.1", AGAIN, 3));
    add("run.completed", 3, Json.object());
    told("1.1.0", HELLO);
    told("2.1.0", AGAIN);
    provider.asked(key("1.1.0"), ModelDouble.answerTo(HELLO));
  }

  void say(String frameId, String text) {
    dealings.sends(frameId, new Dealings.Said("user_message", text));
    dealings.acknowledged(frameId);
  }

  String key(String intent) {
    return runId + ":" + intent;
  }

  void told(String intent, String message) {
    provider.asked(key(intent), ModelDouble.answerTo(message));
    provider.answered(key(intent));
  }

  static LoggedEvent frame(String frameId, String text) {
    return event(
        "frame.accepted",
        0,
        Json.object()
            .put("frameId", frameId)
            .put("frameType", "user_message")
            .put("payload", Json.object().put("text", text).build()));
  }

  static LoggedEvent answer(String messageId, String toMessage, long epoch) {
    return event(
        "message.completed",
        epoch,
        Json.object()
            .put("messageId", messageId)
            .put("text", ModelDouble.answerTo(toMessage))
            .put("outcome", "complete"));
  }

  static LoggedEvent event(String type, long epoch, Json.Builder payload) {
    Json.Obj envelope =
        Json.object()
            .put("seq", 0)
            .put("type", type)
            .put("epoch", epoch)
            .put("payload", payload.build())
            .build();
    return LoggedEvent.read(envelope);
  }

  static Json.Builder fields(Json.Obj payload) {
    Json.Builder fields = Json.object();
    payload.fields().forEach(fields::put);
    return fields;
  }

  void add(LoggedEvent event) {
    log.add(event);
  }

  void add(String type, long epoch, Json.Builder payload) {
    add(event(type, epoch, payload));
  }

  /// Takes the one event of a type out.
  void remove(String type) {
    log.removeIf(event -> event.type().equals(type));
  }

  /// Lets the second node tell other bytes than the first.
  void differAtTheSecondNode() {
    otherBytes = true;
  }

  /// The run with its events numbered in their order.
  RunEvidence evidence() {
    List<LoggedEvent> numbered = new ArrayList<>();
    for (LoggedEvent event : log) {
      numbered.add(numbered(event, numbered.size() + 1));
    }
    return evidence(numbered);
  }

  /// The run with the log as it is given.
  RunEvidence evidence(List<LoggedEvent> events) {
    String raw = raw(events);
    return new RunEvidence(
        dealings,
        events,
        List.of(
            new RunEvidence.Rendered("node-1", Blocks.RAW, raw),
            new RunEvidence.Rendered("node-1", Blocks.AI_SDK, "data: {}\n\n"),
            new RunEvidence.Rendered("node-2", Blocks.RAW, otherBytes ? raw + "\n" : raw),
            new RunEvidence.Rendered("node-2", Blocks.AI_SDK, "data: {}\n\n")),
        provider,
        List.of());
  }

  static LoggedEvent numbered(LoggedEvent event, long seq) {
    return LoggedEvent.read(
        Json.object()
            .put("seq", seq)
            .put("type", event.type())
            .put("epoch", event.epoch())
            .put("payload", event.payload())
            .build());
  }

  static String raw(List<LoggedEvent> events) {
    StringBuilder text = new StringBuilder();
    events.forEach(event ->
        text.append("id: ")
            .append(event.seq())
            .append("\ndata: ")
            .append(CanonicalJson.write(event.envelope()))
            .append("\n\n"));
    return text.toString();
  }
}
