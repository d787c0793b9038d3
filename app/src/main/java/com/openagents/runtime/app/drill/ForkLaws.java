package com.openagents.runtime.app.drill;

import com.openagents.runtime.canon.Json;
import java.util.ArrayList;
import java.util.List;

/// The laws of a run that began as a fork: it has what its original has, and carries none of it on.
/// Pure.
final class ForkLaws {

  private ForkLaws() {}

  static List<Breach> breaches(RunEvidence run) {
    List<Breach> found = new ArrayList<>();
    Dealings original = run.dealings().original();
    if (original != null) {
      copies(run, original, found);
      goesOn(run, found);
    }
    return found;
  }

  private static void copies(RunEvidence run, Dealings original, List<Breach> found) {
    int copied = (int) run.dealings().copied();
    if (run.log().size() <= copied || run.original().size() < copied) {
      found.add(run.breach(Law.FORK_COPIES, "one of the two ends before " + copied));
      return;
    }
    for (int i = 1; i < copied; i++) {
      LoggedEvent copy = run.log().get(i);
      if (!told(copy).equals(told(run.original().get(i)))) {
        found.add(run.breach(Law.FORK_COPIES, "%s at %d".formatted(copy.type(), copy.seq())));
        return;
      }
    }
    LoggedEvent forked = run.log().get(copied);
    boolean says =
        forked.type().equals("run.forked")
            && forked.text("from").equals(original.runId().toString())
            && forked.number("atSeq") == copied;
    if (!says) {
      found.add(run.breach(Law.FORK_COPIES, "%s behind the copy".formatted(forked.type())));
    }
  }

  /// A copy has the time and trace of the fork, and no epoch.
  private static List<Object> told(LoggedEvent event) {
    return List.of(
        event.seq(),
        event.type(),
        event.payload(),
        event.envelope().fields().getOrDefault("version", Json.of(0)));
  }

  private static void goesOn(RunEvidence run, List<Breach> found) {
    long turns =
        run.log().stream().limit(run.dealings().copied()).mapToLong(ForkLaws::turn).max().orElse(0);
    for (LoggedEvent event : run.own()) {
      if (turn(event) > 0 && turn(event) <= turns) {
        found.add(
            run.breach(
                Law.FORK_INERT,
                "%s at %d is of turn %d".formatted(event.type(), event.seq(), turn(event))));
      }
    }
    for (String call : run.provider().ofRun(run.where()).keySet()) {
      if (turn(call.substring(call.indexOf(':') + 1)) <= turns) {
        found.add(run.breach(Law.FORK_INERT, "the model was asked for " + call));
      }
    }
  }

  private static long turn(LoggedEvent event) {
    String id = event.text("messageId");
    return id.isEmpty() ? event.number("turn") : turn(id);
  }

  private static long turn(String id) {
    return Long.parseLong(id.substring(0, id.indexOf('.')));
  }
}
