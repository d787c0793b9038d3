package com.openagents.runtime.event;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.DsEvent.DsPredicted;
import com.openagents.runtime.event.DsEvent.PolicyDecided;
import com.openagents.runtime.event.MemoryEvent.MemoryCompacted;
import com.openagents.runtime.event.SpendEvent.SpendCommitted;
import com.openagents.runtime.event.SpendEvent.SpendReconcileRequired;
import com.openagents.runtime.event.SpendEvent.SpendReleased;
import com.openagents.runtime.event.SpendEvent.SpendReserved;

/// The JSON of [DsEvent]s, [SpendEvent]s and [MemoryEvent]s.
final class EvidenceEventJson {

  private EvidenceEventJson() {}

  static Json.Obj write(DsEvent event) {
    Json.Builder out = Json.object();
    return switch (event) {
      case DsPredicted(var id, var signature, var artifact, var strategy, var outcome, var r) ->
          out.put("predictionId", id)
              .put("signature", signature)
              .put("artifact", artifact == null ? null : artifact.toString())
              .put("strategy", strategy)
              .put("outcome", outcome)
              .put("receipt", r.toString())
              .build();
      case PolicyDecided(var subject, var decision, var reasonCode, var evaluation) ->
          out.put("subject", subject)
              .put("decision", decision)
              .put("reasonCode", reasonCode)
              .put("evaluation", evaluation.toString())
              .build();
    };
  }

  static Json.Obj write(SpendEvent event) {
    Json.Builder out = Json.object().put("reservationId", event.reservationId());
    return switch (event) {
      case SpendReserved(_, var authorizationId, var toolCallId, long amount) ->
          out.put("authorizationId", authorizationId)
              .put("toolCallId", toolCallId)
              .put("amountSats", amount)
              .build();
      case SpendCommitted(_, long amount, var correlationId) ->
          out.put("amountSats", amount).put("correlationId", correlationId).build();
      case SpendReleased(_, long amount, var reason) ->
          out.put("amountSats", amount).put("reason", reason).build();
      case SpendReconcileRequired(_, var reason) -> out.put("reason", reason).build();
    };
  }

  static Json.Obj write(MemoryEvent event) {
    return switch (event) {
      case MemoryCompacted(var id, int level, var from, var until, int sources, var summary) ->
          Json.object()
              .put("chunkId", id)
              .put("level", level)
              .put("from", Fields.written(from))
              .put("until", Fields.written(until))
              .put("sources", sources)
              .put("summary", summary.toString())
              .build();
    };
  }

  static Event.Known read(EventType type, Fields in) {
    return switch (type) {
      case DS_PREDICTED ->
          new DsPredicted(
              in.text("predictionId"),
              in.text("signature"),
              in.digestOrNull("artifact"),
              in.text("strategy"),
              in.text("outcome"),
              in.digest("receipt"));
      case POLICY_DECIDED ->
          new PolicyDecided(
              in.text("subject"),
              in.text("decision"),
              in.text("reasonCode"),
              in.digest("evaluation"));
      case SPEND_RESERVED ->
          new SpendReserved(
              in.text("reservationId"),
              in.text("authorizationId"),
              in.text("toolCallId"),
              in.number("amountSats"));
      case SPEND_COMMITTED ->
          new SpendCommitted(
              in.text("reservationId"), in.number("amountSats"), in.text("correlationId"));
      case SPEND_RELEASED ->
          new SpendReleased(in.text("reservationId"), in.number("amountSats"), in.text("reason"));
      case SPEND_RECONCILE_REQUIRED ->
          new SpendReconcileRequired(in.text("reservationId"), in.text("reason"));
      case MEMORY_COMPACTED ->
          new MemoryCompacted(
              in.text("chunkId"),
              in.integer("level"),
              in.time("from"),
              in.time("until"),
              in.integer("sources"),
              in.digest("summary"));
      default -> throw new IllegalArgumentException(type + " is no event of evidence");
    };
  }
}
