package com.openagents.runtime.run;

import static com.openagents.runtime.run.SavedFields.array;
import static com.openagents.runtime.run.SavedFields.flag;
import static com.openagents.runtime.run.SavedFields.list;
import static com.openagents.runtime.run.SavedFields.number;
import static com.openagents.runtime.run.SavedFields.object;
import static com.openagents.runtime.run.SavedFields.objectIfAny;
import static com.openagents.runtime.run.SavedFields.text;
import static com.openagents.runtime.run.SavedFields.textIfAny;
import static com.openagents.runtime.run.SavedFields.texts;
import static com.openagents.runtime.run.SavedFields.timeIfAny;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.EventType;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.identity.TraceId;
import com.openagents.runtime.run.RunState.OpenText;
import com.openagents.runtime.run.RunState.Pending;
import com.openagents.runtime.run.Utterance.Speaker;
import org.jspecify.annotations.Nullable;

/// The saved form of a [RunState]; what it holds of events keeps the form of the log.
///
/// Change [#FORMAT] with every change of the form: a checkpoint of another format is ignored, and
/// the log is folded from its start.
public final class RunStateJson {

  public static final int FORMAT = 4;

  private static final Digest NONE = Digest.ofText("");

  private RunStateJson() {}

  /// @throws IllegalStateException when the run is absent
  public static Json.Obj write(RunState state) {
    OpenTurn open = state.open();
    OpenText text = state.openText();
    return Json.object()
        .put("run", run(state.run()))
        .put("created", SavedFields.event(new RunCreated(state.specified(), NONE)))
        .put("createdAt", state.createdAt())
        .put("lastSeq", state.lastSeq())
        .put("bytes", state.bytes())
        .put("recoveries", state.recoveries())
        .put("pending", array(state.pending(), RunStateJson::pending))
        .put("turn", state.turn())
        .put("open", open == null ? null : OpenTurnJson.write(open))
        .put("conversation", array(state.conversation(), RunStateJson::utterance))
        .put("openText", text == null ? null : openText(text))
        .put("reason", state.reason())
        .put("warned", Json.array(state.warned().stream().map(Json::of).toList()))
        .put("traceId", trace(state.traceId()))
        .build();
  }

  /// Reads what [#write] wrote.
  ///
  /// @throws RuntimeException when the object has another form; the caller folds the log instead
  public static RunState read(Json.Obj in) {
    Json.Obj open = objectIfAny(in, "open");
    Json.Obj text = objectIfAny(in, "openText");
    RunCreated created =
        (RunCreated) SavedFields.event(EventType.RUN_CREATED, object(in, "created"));
    return new RunState(
        run(object(in, "run")),
        created.spec(),
        timeIfAny(in, "createdAt"),
        number(in, "lastSeq"),
        number(in, "bytes"),
        (int) number(in, "recoveries"),
        list(in, "pending", RunStateJson::pending),
        (int) number(in, "turn"),
        open == null ? null : OpenTurnJson.read(open),
        list(in, "conversation", RunStateJson::utterance),
        text == null ? null : openText(text),
        textIfAny(in, "reason"),
        texts(in, "warned"),
        trace(in));
  }

  private static Json.Obj run(Run run) {
    Json.Builder out = Json.object().put("status", run.status());
    return switch (run) {
      case Run.Waiting(var what, var until) ->
          out.put("waitingFor", what.wireName()).put("until", until).build();
      case Run.Ended(_, var why) ->
          out.put("reasonClass", why == null ? null : why.wireName()).build();
      default -> out.build();
    };
  }

  private static Run run(Json.Obj in) {
    return Run.ofColumns(
        text(in, "status"),
        textIfAny(in, "waitingFor"),
        timeIfAny(in, "until"),
        textIfAny(in, "reasonClass"));
  }

  private static Json.Obj pending(Pending pending) {
    return Json.object()
        .put("seq", pending.seq())
        .put("frame", SavedFields.event(pending.frame()))
        .put("traceId", trace(pending.traceId()))
        .build();
  }

  private static Pending pending(Json.Obj in) {
    FrameAccepted frame =
        (FrameAccepted) SavedFields.event(EventType.FRAME_ACCEPTED, object(in, "frame"));
    return new Pending(number(in, "seq"), frame, trace(in));
  }

  private static @Nullable String trace(@Nullable TraceId trace) {
    return trace == null ? null : trace.value();
  }

  private static @Nullable TraceId trace(Json.Obj in) {
    String trace = textIfAny(in, "traceId");
    return trace == null ? null : new TraceId(trace);
  }

  private static Json.Obj utterance(Utterance utterance) {
    return Json.object()
        .put("speaker", utterance.speaker().name())
        .put("text", utterance.text())
        .build();
  }

  private static Utterance utterance(Json.Obj in) {
    return new Utterance(Speaker.valueOf(text(in, "speaker")), text(in, "text"));
  }

  private static Json.Obj openText(OpenText open) {
    return Json.object()
        .put("seq", open.seq())
        .put("id", open.id())
        .put("reasoning", open.reasoning())
        .put("text", open.text().toString())
        .build();
  }

  private static OpenText openText(Json.Obj in) {
    GrowingText text = GrowingText.of(text(in, "text"));
    return new OpenText(number(in, "seq"), text(in, "id"), flag(in, "reasoning"), text);
  }
}
