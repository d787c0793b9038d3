package com.openagents.runtime.run;

import static com.openagents.runtime.run.SavedFields.array;
import static com.openagents.runtime.run.SavedFields.flag;
import static com.openagents.runtime.run.SavedFields.list;
import static com.openagents.runtime.run.SavedFields.number;
import static com.openagents.runtime.run.SavedFields.object;
import static com.openagents.runtime.run.SavedFields.text;
import static com.openagents.runtime.run.SavedFields.textIfAny;
import static com.openagents.runtime.run.SavedFields.texts;
import static com.openagents.runtime.run.SavedFields.time;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.EventType;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.StepEvent.StepStarted;
import com.openagents.runtime.run.OpenTurn.Approval;
import com.openagents.runtime.run.OpenTurn.Result;
import com.openagents.runtime.run.OpenTurn.Step;

/// The saved form of an [OpenTurn].
final class OpenTurnJson {

  private OpenTurnJson() {}

  static Json.Obj write(OpenTurn open) {
    return Json.object()
        .put("number", open.number())
        .put("frames", array(open.frames(), SavedFields::event))
        .put("steps", array(open.steps(), step -> step(open.number(), step)))
        .build();
  }

  static OpenTurn read(Json.Obj in) {
    return new OpenTurn(
        (int) number(in, "number"),
        list(
            in,
            "frames",
            frame -> (FrameAccepted) SavedFields.event(EventType.FRAME_ACCEPTED, frame)),
        list(in, "steps", OpenTurnJson::step));
  }

  private static Json.Obj step(int turn, Step step) {
    return Json.object()
        .put("started", SavedFields.event(new StepStarted(turn, step.number(), 0, step.intents())))
        .put("results", array(step.results(), OpenTurnJson::result))
        .put("brokenOff", Json.array(step.brokenOff().stream().map(Json::of).toList()))
        .put("approvals", array(step.approvals(), OpenTurnJson::approval))
        .put("waited", step.waited())
        .put("outcome", step.outcome())
        .build();
  }

  private static Step step(Json.Obj in) {
    StepStarted started =
        (StepStarted) SavedFields.event(EventType.STEP_STARTED, object(in, "started"));
    return new Step(
        started.step(),
        started.intents(),
        list(in, "results", OpenTurnJson::result),
        texts(in, "brokenOff"),
        list(in, "approvals", OpenTurnJson::approval),
        flag(in, "waited"),
        textIfAny(in, "outcome"));
  }

  private static Json.Obj result(Result result) {
    return Json.object().put("intentId", result.intentId()).put("text", result.text()).build();
  }

  private static Result result(Json.Obj in) {
    return new Result(text(in, "intentId"), text(in, "text"));
  }

  private static Json.Obj approval(Approval approval) {
    return Json.object().put("id", approval.id()).put("expiresAt", approval.expiresAt()).build();
  }

  private static Approval approval(Json.Obj in) {
    return new Approval(text(in, "id"), time(in, "expiresAt"));
  }
}
