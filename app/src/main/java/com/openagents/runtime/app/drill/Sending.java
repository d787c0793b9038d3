package com.openagents.runtime.app.drill;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.client.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Sends frames, alone or several in a call, under the same ids until they are answered, and keeps
/// what was acknowledged. For one thread.
final class Sending {

  /// Why a run does not take a frame of a call: it has ended, or is full.
  private static final List<String> NOT_TAKEN = List.of("conflict", "rate_limited");

  private final Callers callers;
  private final RandomGenerator random;

  Sending(Callers callers, RandomGenerator random) {
    this.callers = callers;
    this.random = random;
  }

  /// @return whether the run took it; a run that has ended does not
  boolean send(Dealings run, Dealings.Said said) {
    String frameId = nextId(run);
    Json.Obj frame = frame(run, frameId, said);
    Optional<Reply> reply =
        callers.call(Call.FRAME, where(run), node -> node.send(run.runId(), frame));
    if (reply.isEmpty()) {
      return false;
    }
    if (reply.get().successful()) {
      run.acknowledged(frameId);
      run.reaches(LoggedEvent.number(reply.get().body(), "lastSeq"));
    } else if (reply.get().status() != 409) {
      callers.answers().breach(where(run), "a frame is refused: " + reply.get().problem());
    }
    return reply.get().successful();
  }

  /// @return whether the run took all of them
  boolean sendTogether(Dealings run, List<Dealings.Said> several) {
    List<Json> frames = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (Dealings.Said said : several) {
      String frameId = nextId(run);
      ids.add(frameId);
      frames.add(frame(run, frameId, said));
    }
    run.sendsTogether(ids);
    Optional<Reply> reply =
        callers.call(Call.FRAMES, where(run), node -> node.sendAll(run.runId(), frames));
    if (reply.isEmpty()) {
      return false;
    }
    if (!reply.get().successful()) {
      if (reply.get().status() != 409) {
        callers.answers().breach(where(run), "frames are refused: " + reply.get().problem());
      }
      return false;
    }
    return answered(run, ids, reply.get().body());
  }

  private boolean answered(Dealings run, List<String> ids, Json.Obj body) {
    List<Json> answers =
        body.get("frames") instanceof Json.Arr(List<Json> items) ? items : List.of();
    if (answers.size() != ids.size()) {
      callers
          .answers()
          .breach(where(run), "%d frames have %d answers".formatted(ids.size(), answers.size()));
      return false;
    }
    boolean all = true;
    for (int i = 0; i < ids.size(); i++) {
      all &= answered(run, ids.get(i), (Json.Obj) answers.get(i));
    }
    run.reaches(LoggedEvent.number(body, "lastSeq"));
    return all;
  }

  private boolean answered(Dealings run, String frameId, Json.Obj answer) {
    boolean accepted = LoggedEvent.text(answer, "status").equals("accepted");
    String why =
        answer.get("error") instanceof Json.Obj error ? LoggedEvent.text(error, "code") : "";
    if (!LoggedEvent.text(answer, "frameId").equals(frameId)
        || (!accepted && !NOT_TAKEN.contains(why))) {
      callers.answers().breach(where(run), frameId + " is answered with " + answer);
    }
    if (accepted) {
      run.acknowledged(frameId);
    }
    return accepted;
  }

  /// Sends what was acknowledged before once more, as a client does that forgot the answer.
  void repeat(Dealings run) {
    List<String> known = List.copyOf(run.acknowledged());
    String frameId = known.get(random.nextInt(known.size()));
    Dealings.Said as = run.sent().get(frameId);
    if (as == null) {
      throw new IllegalStateException("acknowledged, but never sent: " + frameId);
    }
    Json.Obj frame = wire(frameId, as);
    callers
        .call(Call.FRAME, where(run), node -> node.send(run.runId(), frame))
        .filter(reply -> reply.status() != 200)
        .ifPresent(reply ->
            callers.answers().breach(where(run), "a repeated frame is answered with " + reply));
  }

  /// Other ids than those that a fork has with its copy.
  private static String nextId(Dealings run) {
    return (run.original() == null ? "f-" : "fork-") + (run.sent().size() + 1);
  }

  static Json.Obj frame(Dealings run, String frameId, Dealings.Said said) {
    run.sends(frameId, said);
    return wire(frameId, said);
  }

  private static Json.Obj wire(String frameId, Dealings.Said said) {
    Json.Obj payload =
        said.text().isEmpty() ? Json.Obj.EMPTY : Json.object().put("text", said.text()).build();
    return Json.object()
        .put("frameId", frameId)
        .put("type", said.type())
        .put("payload", payload)
        .build();
  }

  private static String where(Dealings run) {
    return run.runId().toString();
  }
}
