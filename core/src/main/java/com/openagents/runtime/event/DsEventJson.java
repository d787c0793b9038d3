package com.openagents.runtime.event;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.DsEvent.DsPredicted;
import com.openagents.runtime.event.DsEvent.PolicyDecided;

/// The payloads of [DsEvent].
final class DsEventJson {

  private DsEventJson() {}

  static void write(DsEvent event, Json.Builder out) {
    switch (event) {
      case DsPredicted(
              var predictionId,
              var signature,
              var artifact,
              var strategy,
              var outcome,
              var receipt) ->
          out.put("predictionId", predictionId)
              .put("signature", signature)
              .put("artifact", artifact == null ? null : artifact.toString())
              .put("strategy", strategy)
              .put("outcome", outcome)
              .put("receipt", receipt.toString());
      case PolicyDecided(var subject, var decision, var reasonCode, var evaluation) ->
          out.put("subject", subject)
              .put("decision", decision)
              .put("reasonCode", reasonCode)
              .put("evaluation", evaluation.toString());
    }
  }

  static DsPredicted predicted(Fields fields) {
    return new DsPredicted(
        fields.text("predictionId"),
        fields.text("signature"),
        fields.parsedIfAny("artifact", Digest::parse),
        fields.text("strategy"),
        fields.text("outcome"),
        fields.digest("receipt"));
  }

  static PolicyDecided decided(Fields fields) {
    return new PolicyDecided(
        fields.text("subject"),
        fields.text("decision"),
        fields.text("reasonCode"),
        fields.digest("evaluation"));
  }
}
