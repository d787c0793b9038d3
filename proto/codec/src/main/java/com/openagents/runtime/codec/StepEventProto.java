package com.openagents.runtime.codec;

import static com.openagents.runtime.codec.Scalars.needed;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.event.StepEvent;
import com.openagents.runtime.proto.protocol.v1.CheckpointSaved;
import com.openagents.runtime.proto.protocol.v1.Envelope;
import com.openagents.runtime.proto.protocol.v1.IntentRecord;
import com.openagents.runtime.proto.protocol.v1.LoopDetected;
import com.openagents.runtime.proto.protocol.v1.StepFinished;
import com.openagents.runtime.proto.protocol.v1.StepStarted;

/// The messages of [StepEvent].
final class StepEventProto {

  private StepEventProto() {}

  static void write(StepEvent event, Envelope.Builder out) {
    switch (event) {
      case StepEvent.StepStarted(int turn, int step, long consumesThrough, var intents) ->
          out.getStepStartedBuilder()
              .setTurn(Scalars.count(turn))
              .setStep(Scalars.count(step))
              .setConsumesThrough(Scalars.uint32(consumesThrough))
              .addAllIntents(intents.stream().map(StepEventProto::write).toList());
      case StepEvent.StepFinished(int turn, int step, var outcome) ->
          out.getStepFinishedBuilder()
              .setTurn(Scalars.count(turn))
              .setStep(Scalars.count(step))
              .setOutcome(outcome);
      case StepEvent.CheckpointSaved(long throughSeq, var digest) ->
          out.getCheckpointSavedBuilder()
              .setThroughSeq(Scalars.uint32(throughSeq))
              .setDigest(digest.toString());
      case StepEvent.LoopDetected(var detector, var level, int count, var message) ->
          out.getLoopDetectedBuilder()
              .setDetector(detector)
              .setLevel(level)
              .setCount(Scalars.count(count))
              .setMessage(message);
    }
  }

  private static IntentRecord write(StepEvent.IntentRecord intent) {
    return IntentRecord.newBuilder()
        .setId(intent.id())
        .setKind(intent.kind())
        .setBody(JsonProto.write(intent.body()))
        .build();
  }

  static StepEvent read(StepStarted in) {
    return new StepEvent.StepStarted(
        Scalars.count(in.getTurn()),
        Scalars.count(in.getStep()),
        Scalars.seq(in.getConsumesThrough()),
        in.getIntentsList().stream().map(StepEventProto::intent).toList());
  }

  private static StepEvent.IntentRecord intent(IntentRecord in) {
    return new StepEvent.IntentRecord(
        in.getId(), in.getKind(), JsonProto.read(needed(in.hasBody(), "body", in.getBody())));
  }

  static StepEvent read(StepFinished in) {
    return new StepEvent.StepFinished(
        Scalars.count(in.getTurn()), Scalars.count(in.getStep()), in.getOutcome());
  }

  static StepEvent read(CheckpointSaved in) {
    return new StepEvent.CheckpointSaved(
        Scalars.seq(in.getThroughSeq()), Digest.parse(in.getDigest()));
  }

  static StepEvent read(LoopDetected in) {
    return new StepEvent.LoopDetected(
        in.getDetector(), in.getLevel(), Scalars.count(in.getCount()), in.getMessage());
  }
}
