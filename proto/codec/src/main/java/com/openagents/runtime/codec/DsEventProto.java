package com.openagents.runtime.codec;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.event.DsEvent;
import com.openagents.runtime.proto.protocol.v1.DsPredicted;
import com.openagents.runtime.proto.protocol.v1.Envelope;
import com.openagents.runtime.proto.protocol.v1.PolicyDecided;

/// The messages of [DsEvent].
final class DsEventProto {

  private DsEventProto() {}

  static void write(DsEvent event, Envelope.Builder out) {
    switch (event) {
      case DsEvent.DsPredicted predicted -> write(predicted, out.getDsPredictedBuilder());
      case DsEvent.PolicyDecided(var subject, var decision, var reasonCode, var evaluation) ->
          out.getPolicyDecidedBuilder()
              .setSubject(subject)
              .setDecision(decision)
              .setReasonCode(reasonCode)
              .setEvaluation(evaluation.toString());
    }
  }

  private static void write(DsEvent.DsPredicted predicted, DsPredicted.Builder out) {
    out.setPredictionId(predicted.predictionId())
        .setSignature(predicted.signature())
        .setStrategy(predicted.strategy())
        .setOutcome(predicted.outcome())
        .setReceipt(predicted.receipt().toString());
    Scalars.set(predicted.artifact(), artifact -> out.setArtifact(artifact.toString()));
  }

  static DsEvent read(DsPredicted in) {
    return new DsEvent.DsPredicted(
        in.getPredictionId(),
        in.getSignature(),
        in.hasArtifact() ? Digest.parse(in.getArtifact()) : null,
        in.getStrategy(),
        in.getOutcome(),
        Digest.parse(in.getReceipt()));
  }

  static DsEvent read(PolicyDecided in) {
    return new DsEvent.PolicyDecided(
        in.getSubject(), in.getDecision(), in.getReasonCode(), Digest.parse(in.getEvaluation()));
  }
}
