package com.openagents.runtime.http.node;

import com.openagents.runtime.access.Audit;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.execution.Execution;
import com.openagents.runtime.execution.Vitals;
import com.openagents.runtime.http.exchange.Answer;
import com.openagents.runtime.http.exchange.Contract;
import com.openagents.runtime.http.exchange.Exchange;
import com.openagents.runtime.http.exchange.Guard;
import com.openagents.runtime.http.exchange.Parameter;
import com.openagents.runtime.http.exchange.Reply;
import com.openagents.runtime.http.exchange.Route;
import com.openagents.runtime.http.exchange.Route.Method;
import com.openagents.runtime.http.schema.Schema;
import com.openagents.runtime.log.Nodes;
import com.openagents.runtime.log.Nodes.NodeSeen;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// The calls that operators look at the runtime with.
public final class Operating {

  private static final int AUDIT_MAX = 200;
  private static final long NUMBER_MAX = 9_007_199_254_740_991L;

  private static final Schema PROCESSES =
      list(
          "ProcessList",
          "processes",
          Schema.object("Process")
              .field("runId", Schema.UUID)
              .field("epoch", Schema.COUNT)
              .field("lastAdvance", Schema.TIME)
              .field("state", Schema.words(List.of("loading", "working")))
              .fieldIfAny("lastSeq", Schema.COUNT)
              .fieldIfAny("mailboxDepth", Schema.COUNT)
              .fieldIfAny("queuedFrames", Schema.COUNT)
              .fieldIfAny("restarts", Schema.COUNT)
              .fieldIfAny("turnSince", Schema.TIME)
              .closed());

  private static final Schema NODES =
      list(
          "NodeList",
          "nodes",
          Schema.object("Node")
              .field("nodeId", Schema.TEXT)
              .field("version", Schema.TEXT)
              .field("executing", Schema.COUNT)
              .field("startedAt", Schema.TIME)
              .field("seenAt", Schema.TIME)
              .closed());

  private static final Schema AUDIT =
      list(
          "AuditPage",
          "entries",
          Schema.object("AuditEntry")
              .field("number", Schema.COUNT)
              .field("at", Schema.TIME)
              .field("actor", Schema.TEXT)
              .field("action", Schema.TEXT)
              .field("subject", Schema.TEXT)
              .fieldIfAny("reason", Schema.TEXT)
              .fieldIfAny("before", Schema.FREE)
              .fieldIfAny("after", Schema.FREE)
              .closed());

  private final Supplier<List<Execution>> executions;
  private final Nodes nodes;
  private final Audit audit;

  /// @param executions what this node carries out now
  public Operating(Supplier<List<Execution>> executions, Nodes nodes, Audit audit) {
    this.executions = executions;
    this.nodes = nodes;
    this.audit = audit;
  }

  private static Schema list(String name, String field, Schema item) {
    return Schema.object(name).field(field, Schema.listOf(item)).closed();
  }

  public List<Route> routes() {
    return List.of(
        route(
            "processes",
            "listProcesses",
            "The runs that this node carries out now.",
            List.of(),
            PROCESSES,
            _ -> items("processes", executions.get(), Operating::process)),
        route(
            "nodes",
            "listNodes",
            "The nodes seen within the last day.",
            List.of(),
            NODES,
            _ -> items("nodes", nodes.list(), Operating::node)),
        route(
            "audit",
            "listAudit",
            "What operators did, newest first.",
            List.of(
                Parameter.whole("before", "The number of the last entry seen.", 1, NUMBER_MAX),
                Parameter.limit(AUDIT_MAX, 50)),
            AUDIT,
            this::audit));
  }

  private static Route route(
      String name,
      String operationId,
      String summary,
      List<Parameter> parameters,
      Schema answer,
      Route.Operation operation) {
    return new Route(
        Method.GET,
        "/internal/v1/" + name,
        Guard.OPERATOR,
        new Contract(
            operationId,
            summary,
            parameters,
            null,
            List.of(Reply.json(200, "As asked.", answer)),
            Set.of()),
        operation);
  }

  private Answer audit(Exchange exchange) {
    boolean first = exchange.query().text("before") == null;
    long before = exchange.query().number("before", 1, NUMBER_MAX, 1);
    int limit = (int) exchange.query().number("limit", 1, AUDIT_MAX, 50);
    return items("entries", audit.list(first ? null : before, limit), Operating::entry);
  }

  private static <T> Answer items(String field, List<T> items, Function<T, Json> form) {
    return Answer.ok(
        Json.object().put(field, Json.array(items.stream().map(form).toList())).build());
  }

  private static Json process(Execution execution) {
    Optional<Vitals> vitals = execution.vitals();
    Json.Builder json =
        Json.object()
            .put("runId", execution.runId().toString())
            .put("epoch", execution.epoch())
            .put("lastAdvance", execution.lastAdvance())
            .put("state", vitals.isPresent() ? "working" : "loading");
    vitals.ifPresent(seen ->
        json.put("lastSeq", seen.lastSeq())
            .put("mailboxDepth", seen.wakeUps())
            .put("queuedFrames", seen.queuedFrames())
            .put("restarts", seen.restarts())
            .put("turnSince", seen.turnSince()));
    return json.build();
  }

  private static Json node(NodeSeen node) {
    return Json.object()
        .put("nodeId", node.node().value())
        .put("version", node.version())
        .put("executing", node.executing())
        .put("startedAt", node.startedAt())
        .put("seenAt", node.seenAt())
        .build();
  }

  private static Json entry(Audit.Row row) {
    Audit.Entry entry = row.entry();
    return Json.object()
        .put("number", row.number())
        .put("at", row.at())
        .put("actor", entry.actor())
        .put("action", entry.action())
        .put("subject", entry.subject())
        .put("reason", entry.reason())
        .put("before", entry.before())
        .put("after", entry.after())
        .build();
  }
}
