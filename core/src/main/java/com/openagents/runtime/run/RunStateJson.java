package com.openagents.runtime.run;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.Timestamps;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.EventType;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.StepEvent.StepStarted;
import com.openagents.runtime.run.OpenTurn.Result;
import com.openagents.runtime.run.OpenTurn.Step;
import com.openagents.runtime.run.RunState.OpenText;
import com.openagents.runtime.run.RunState.Pending;
import com.openagents.runtime.run.Utterance.Speaker;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The saved form of a [RunState]; what it holds of events keeps the form of the log.
///
/// Change [#FORMAT] with every change of the form: a checkpoint of another format is ignored, and
/// the log is folded from its start.
public final class RunStateJson {

  public static final int FORMAT = 1;

  private static final Digest NONE = Digest.ofText("");

  private RunStateJson() {}

  public static Json.Obj write(RunState state) {
    Run run = state.run();
    Run.Waiting waiting = run instanceof Run.Waiting w ? w : null;
    Run.Ended ended = run instanceof Run.Ended e ? e : null;
    Instant until = waiting == null ? null : waiting.until();
    return Json.object()
        .put("status", run.status())
        .put("waitingFor", waiting == null ? null : waiting.waitingFor().wireName())
        .put("until", until == null ? null : Timestamps.write(until))
        .put(
            "reasonClass",
            ended == null || ended.reasonClass() == null ? null : ended.reasonClass().wireName())
        .put("created", event(new RunCreated(state.specified(), NONE)))
        .put("lastSeq", state.lastSeq())
        .put("recoveries", state.recoveries())
        .put("pending", array(state.pending(), RunStateJson::pending))
        .put("turn", state.turn())
        .put("open", state.open() == null ? null : open(state.open()))
        .put("conversation", array(state.conversation(), RunStateJson::utterance))
        .put("openText", state.openText() == null ? null : openText(state.openText()))
        .put("limitWarned", state.limitWarned())
        .build();
  }

  /// Reads what [#write] wrote.
  ///
  /// @throws RuntimeException when the object has another form; the caller folds the log instead
  public static RunState read(Json.Obj in) {
    Run run =
        Run.ofColumns(
            text(in, "status"),
            textOrNull(in, "waitingFor"),
            textOrNull(in, "until") == null ? null : Timestamps.read(text(in, "until")),
            textOrNull(in, "reasonClass"));
    RunCreated created = (RunCreated) event(EventType.RUN_CREATED, object(in, "created"));
    return new RunState(
        run,
        created.spec(),
        number(in, "lastSeq"),
        (int) number(in, "recoveries"),
        list(in, "pending", RunStateJson::pending),
        (int) number(in, "turn"),
        in.get("open") == null ? null : open(object(in, "open")),
        list(in, "conversation", RunStateJson::utterance),
        in.get("openText") == null ? null : openText(object(in, "openText")),
        new Json.Bool(true).equals(in.get("limitWarned")));
  }

  private static Json.Obj event(Event.Known event) {
    return EventCodec.payloadJson(event);
  }

  private static Event event(EventType type, Json.Obj payload) {
    return EventCodec.read(type.wireName(), type.version(), payload);
  }

  private static Json.Obj pending(Pending pending) {
    return Json.object().put("seq", pending.seq()).put("frame", event(pending.frame())).build();
  }

  private static Pending pending(Json.Obj in) {
    return new Pending(number(in, "seq"), frame(object(in, "frame")));
  }

  private static FrameAccepted frame(Json.Obj payload) {
    return (FrameAccepted) event(EventType.FRAME_ACCEPTED, payload);
  }

  private static Json.Obj open(OpenTurn open) {
    return Json.object()
        .put("frames", array(open.frames(), RunStateJson::event))
        .put("steps", array(open.steps(), step -> step(open.number(), step)))
        .build();
  }

  private static OpenTurn open(Json.Obj in) {
    List<FrameAccepted> frames = list(in, "frames", RunStateJson::frame);
    List<Step> steps = list(in, "steps", RunStateJson::step);
    Json.Obj first = (Json.Obj) ((Json.Arr) any(in, "steps")).items().getFirst();
    StepStarted started = (StepStarted) event(EventType.STEP_STARTED, object(first, "started"));
    return new OpenTurn(started.turn(), frames, steps);
  }

  private static Json.Obj step(int turn, Step step) {
    return Json.object()
        .put("started", event(new StepStarted(turn, step.number(), 0, step.intents())))
        .put("results", array(step.results(), RunStateJson::result))
        .put("waited", step.waited())
        .put("finished", step.finished())
        .build();
  }

  private static Step step(Json.Obj in) {
    StepStarted started = (StepStarted) event(EventType.STEP_STARTED, object(in, "started"));
    return new Step(
        started.step(),
        started.intents(),
        list(in, "results", RunStateJson::result),
        new Json.Bool(true).equals(in.get("waited")),
        new Json.Bool(true).equals(in.get("finished")));
  }

  private static Json.Obj result(Result result) {
    return Json.object()
        .put("intentId", result.intentId())
        .put("outcome", result.outcome().name())
        .put("text", result.text())
        .build();
  }

  private static Result result(Json.Obj in) {
    return new Result(text(in, "intentId"), Outcome.valueOf(text(in, "outcome")), text(in, "text"));
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
        .put("text", open.text())
        .build();
  }

  private static OpenText openText(Json.Obj in) {
    return new OpenText(
        number(in, "seq"),
        text(in, "id"),
        new Json.Bool(true).equals(in.get("reasoning")),
        text(in, "text"));
  }

  private static <T> Json.Arr array(List<T> items, Function<T, Json.Obj> form) {
    return Json.array(items.stream().map(form).toList());
  }

  private static <T> List<T> list(Json.Obj in, String name, Function<Json.Obj, T> form) {
    return ((Json.Arr) any(in, name))
        .items().stream().map(item -> form.apply((Json.Obj) item)).toList();
  }

  private static Json any(Json.Obj in, String name) {
    Json value = in.get(name);
    if (value == null) {
      throw new IllegalArgumentException("a checkpoint lacks " + name);
    }
    return value;
  }

  private static Json.Obj object(Json.Obj in, String name) {
    return (Json.Obj) any(in, name);
  }

  private static String text(Json.Obj in, String name) {
    return ((Json.Str) any(in, name)).value();
  }

  private static @Nullable String textOrNull(Json.Obj in, String name) {
    return in.get(name) instanceof Json.Str(String text) ? text : null;
  }

  private static long number(Json.Obj in, String name) {
    return (long) ((Json.Num) any(in, name)).value();
  }
}
