package com.openagents.runtime.app.drill;

import com.openagents.runtime.canon.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The laws of a run's log: what was acknowledged is in it, once, in order, with one end. Pure.
final class LogLaws {

  private LogLaws() {}

  static List<Breach> breaches(RunEvidence run) {
    List<Breach> found = new ArrayList<>();
    starts(run, found);
    frames(run, found);
    cancels(run, found);
    sequences(run, found);
    ends(run, found);
    epochs(run, found);
    return found;
  }

  private static void starts(RunEvidence run, List<Breach> found) {
    boolean created = !run.log().isEmpty() && run.log().getFirst().type().equals("run.created");
    if (run.dealings().wasStarted() && !created) {
      found.add(run.breach(Law.START_KEPT, "the log begins otherwise, or is empty"));
    }
  }

  private static void frames(RunEvidence run, List<Breach> found) {
    Map<String, LoggedEvent> logged = new HashMap<>();
    for (LoggedEvent frame : run.ofType("frame.accepted")) {
      String id = frame.text("frameId");
      if (logged.putIfAbsent(id, frame) != null) {
        found.add(run.breach(Law.FRAMES_ONCE, "frame " + id + " again at " + frame.seq()));
      }
      if (!run.dealings().sent().containsKey(id)) {
        found.add(run.breach(Law.FRAMES_ONCE, "frame " + id + " was sent by nobody"));
      }
    }
    for (String id : run.dealings().acknowledged()) {
      LoggedEvent frame = logged.get(id);
      if (frame == null) {
        found.add(run.breach(Law.FRAMES_KEPT, "frame " + id + " is not there"));
      } else if (!said(frame).equals(run.dealings().sent().get(id))) {
        found.add(run.breach(Law.FRAMES_KEPT, "frame " + id + " says something else"));
      }
    }
    for (List<String> call : run.dealings().together()) {
      List<Long> places =
          call.stream().filter(logged::containsKey).map(id -> seq(logged, id)).toList();
      if (!places.equals(places.stream().sorted().toList())) {
        found.add(run.breach(Law.FRAMES_IN_ORDER, call + " stand at " + places));
      }
    }
  }

  private static long seq(Map<String, LoggedEvent> logged, String id) {
    return Objects.requireNonNull(logged.get(id)).seq();
  }

  private static Dealings.Said said(LoggedEvent frame) {
    return new Dealings.Said(frame.text("frameType"), LoggedEvent.text(payloadOf(frame), "text"));
  }

  private static Json.Obj payloadOf(LoggedEvent frame) {
    return frame.payload().get("payload") instanceof Json.Obj payload ? payload : Json.Obj.EMPTY;
  }

  private static void cancels(RunEvidence run, List<Breach> found) {
    if (run.dealings().wasCanceled()
        && run.ofType("run.cancel_requested").isEmpty()
        && run.ofType("run.canceled").isEmpty()) {
      found.add(run.breach(Law.CANCEL_KEPT, "nothing of it is in the log"));
    }
  }

  private static void sequences(RunEvidence run, List<Breach> found) {
    for (int i = 0; i < run.log().size(); i++) {
      if (run.log().get(i).seq() != i + 1) {
        found.add(
            run.breach(
                Law.NO_GAP, "%d stands at place %d".formatted(run.log().get(i).seq(), i + 1)));
        return;
      }
    }
  }

  private static void ends(RunEvidence run, List<Breach> found) {
    long ends = run.log().stream().filter(LoggedEvent::ends).count();
    if (ends != 1) {
      found.add(run.breach(Law.ONE_END, "it has %d ends".formatted(ends)));
    } else if (!run.log().getLast().ends()) {
      found.add(run.breach(Law.ONE_END, run.log().getLast().type() + " stands behind the end"));
    }
  }

  private static void epochs(RunEvidence run, List<Breach> found) {
    long least = 0;
    for (LoggedEvent event : run.own()) {
      if (event.epoch() > 0 && event.epoch() < least) {
        found.add(
            run.breach(
                Law.FENCED,
                "%s at %d has epoch %d, after %d"
                    .formatted(event.type(), event.seq(), event.epoch(), least)));
      }
      least = Math.max(least, event.epoch());
      if (event.type().equals("run.executor_lost")) {
        least = Math.max(least, event.number("epoch") + 1);
      }
    }
  }
}
