package com.openagents.runtime.http.run;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.execution.Limits;
import com.openagents.runtime.http.schema.Schema;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// How much of its bounds a run has used. The bounds have the names that `run.limit_warning` has.
final class Budgets {

  static final Schema SCHEMA =
      Schema.object("RunBudget")
          .fieldIfAny("requested", Schema.FREE)
          .field(
              "limits",
              Schema.listOf(
                  Schema.object("LimitUse")
                      .field("limit", Schema.words(List.of("events", "bytes", "run_deadline")))
                      .field("used", Schema.COUNT)
                      .field("max", Schema.COUNT)
                      .closed()))
          .closed();

  private Budgets() {}

  static Json.Obj of(RunHead head, RunState state, Limits limits) {
    List<Json> uses = new ArrayList<>();
    uses.add(use("events", state.lastSeq(), limits.eventsMax()));
    uses.add(use("bytes", state.bytes(), limits.bytesMax()));
    Instant deadline = state.specified().deadline();
    if (deadline != null) {
      Instant until = head.columns().run().ended() ? head.updatedAt() : head.readAt();
      uses.add(use("run_deadline", millis(head, until), millis(head, deadline)));
    }
    return Json.object()
        .put("requested", state.specified().budget())
        .put("limits", Json.array(uses))
        .build();
  }

  private static long millis(RunHead head, Instant until) {
    return Math.max(0, Duration.between(head.createdAt(), until).toMillis());
  }

  private static Json use(String limit, long used, long max) {
    return Json.object().put("limit", limit).put("used", used).put("max", max).build();
  }
}
