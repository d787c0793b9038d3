package com.openagents.runtime.http.run;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.execution.Limits;
import com.openagents.runtime.http.schema.Schema;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.intake.RunReads.RunView;
import com.openagents.runtime.lease.Lease;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.run.OpenTools;
import com.openagents.runtime.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// How a run is shown. Immutable.
public final class Snapshots {

  static final List<String> STATUSES =
      List.of("created", "running", "waiting", "canceling", "completed", "failed", "canceled");
  static final Schema STATUS = Schema.words(STATUSES);

  public static final Schema SCHEMA =
      Schema.object("RunSnapshot")
          .field("runId", Schema.UUID)
          .field("threadId", Schema.TEXT)
          .fieldIfAny("userId", Schema.COUNT)
          .fieldIfAny("guestScope", Schema.TEXT)
          .field("agent", Schema.TEXT)
          .field("agentVersion", Schema.COUNT)
          .field("status", STATUS)
          .fieldIfAny("waitingFor", Schema.TEXT)
          .fieldIfAny("waitingUntil", Schema.TIME)
          .fieldIfAny("reasonClass", Schema.TEXT)
          .fieldIfAny("reason", Schema.TEXT)
          .field("lastSeq", Schema.COUNT)
          .field("floor", Schema.COUNT)
          .field("recoveries", Schema.COUNT)
          .fieldIfAny("wakeAt", Schema.TIME)
          .field(
              "lease",
              Schema.object("LeaseView")
                  .field("epoch", Schema.COUNT)
                  .fieldIfAny("owner", Schema.TEXT)
                  .fieldIfAny("expiresAt", Schema.TIME)
                  .fieldIfAny("ageMs", Schema.COUNT)
                  .fieldIfAny("expired", Schema.FLAG)
                  .closed())
          .fieldIfAny(
              "openTools",
              Schema.listOf(
                  Schema.object("OpenTool")
                      .field("toolCallId", Schema.TEXT)
                      .field("name", Schema.TEXT)
                      .field("sinceSeq", Schema.COUNT)
                      .field("waitingForApproval", Schema.FLAG)
                      .closed()))
          .fieldIfAny("budget", Budgets.SCHEMA)
          .field("createdAt", Schema.TIME)
          .field("updatedAt", Schema.TIME)
          .field(
              "links",
              Schema.object("RunLinks")
                  .field("stream", Schema.TEXT)
                  .field("events", Schema.TEXT)
                  .field("diagnosis", Schema.TEXT)
                  .field("thread", Schema.TEXT)
                  .closed())
          .closed();

  private final Limits limits;
  private final Duration leaseTtl;

  /// @param limits what a run is measured against
  /// @param leaseTtl how long a lease lasts unless it is renewed; on every node the same
  public Snapshots(Limits limits, Duration leaseTtl) {
    this.limits = limits;
    this.leaseTtl = leaseTtl;
  }

  /// The run with what only its log knows: why it stops, open tools and used budget.
  Json.Obj of(RunView view) {
    Json.Builder json = fields(view.head());
    if (view.state() != null) {
      json.put("reason", view.state().reason())
          .put("openTools", Json.array(view.openTools().stream().map(Snapshots::tool).toList()))
          .put("budget", Budgets.of(view.head(), view.state(), limits));
    }
    return json.build();
  }

  private static Json tool(OpenTools.Open tool) {
    return Json.object()
        .put("toolCallId", tool.toolCallId())
        .put("name", tool.name())
        .put("sinceSeq", tool.sinceSeq())
        .put("waitingForApproval", tool.waitingForApproval())
        .build();
  }

  /// The run as it stands beside its log, as lists show it.
  public Json.Obj of(RunHead head) {
    return fields(head).build();
  }

  private Json.Builder fields(RunHead head) {
    Run run = head.columns().run();
    Json.Builder json =
        Json.object()
            .put("runId", head.runId().toString())
            .put("threadId", head.threadId().value())
            .put("agent", head.agent().name())
            .put("agentVersion", head.agent().version())
            .put("status", run.status())
            .put("lastSeq", head.lastSeq())
            .put("floor", head.floor())
            .put("recoveries", head.columns().recoveries())
            .put("lease", lease(head))
            .put("createdAt", head.createdAt())
            .put("updatedAt", head.updatedAt())
            .put("links", links(head));
    switch (head.owner()) {
      case Principal.User(long id) -> json.put("userId", id);
      case Principal.Guest(String scope) -> json.put("guestScope", scope);
    }
    if (head.lease() instanceof Lease.Free) {
      json.put("wakeAt", head.wakeAt());
    }
    if (run instanceof Run.Waiting(var what, var until)) {
      json.put("waitingFor", what.wireName()).put("waitingUntil", until);
    }
    if (run instanceof Run.Ended(_, var why) && why != null) {
      json.put("reasonClass", why.wireName());
    }
    return json;
  }

  private Json.Obj lease(RunHead head) {
    Json.Builder json = Json.object().put("epoch", head.lease().epoch());
    if (head.lease() instanceof Lease.Held held) {
      json.put("owner", held.owner().value())
          .put("expiresAt", held.expiresAt())
          .put("ageMs", age(held, head.readAt()))
          .put("expired", held.expiredAt(head.readAt()));
    }
    return json.build();
  }

  /// How long ago it was last extended, in milliseconds: the store keeps only when it expires.
  private long age(Lease.Held held, Instant now) {
    return Math.max(0, leaseTtl.minus(Duration.between(now, held.expiresAt())).toMillis());
  }

  private static Json.Obj links(RunHead head) {
    String run = "/internal/v1/runs/" + head.runId();
    String thread = Paths.encoded(head.threadId().value());
    return Json.object()
        .put("stream", run + "/stream")
        .put("events", run + "/events")
        .put("diagnosis", run + "/diagnosis")
        .put("thread", "/internal/v1/threads/" + thread + "/state")
        .build();
  }
}
