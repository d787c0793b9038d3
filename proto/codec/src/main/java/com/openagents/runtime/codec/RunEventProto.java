package com.openagents.runtime.codec;

import static com.openagents.runtime.codec.Scalars.needed;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.event.RunEvent;
import com.openagents.runtime.event.Vocabulary;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.proto.protocol.v1.Envelope;
import com.openagents.runtime.proto.protocol.v1.RunCancelRequested;
import com.openagents.runtime.proto.protocol.v1.RunCanceled;
import com.openagents.runtime.proto.protocol.v1.RunChildEnded;
import com.openagents.runtime.proto.protocol.v1.RunChildStarted;
import com.openagents.runtime.proto.protocol.v1.RunCompleted;
import com.openagents.runtime.proto.protocol.v1.RunCreated;
import com.openagents.runtime.proto.protocol.v1.RunExecutorLost;
import com.openagents.runtime.proto.protocol.v1.RunFailed;
import com.openagents.runtime.proto.protocol.v1.RunForked;
import com.openagents.runtime.proto.protocol.v1.RunLimitWarning;
import com.openagents.runtime.proto.protocol.v1.RunResumed;
import com.openagents.runtime.proto.protocol.v1.RunStarted;
import com.openagents.runtime.proto.protocol.v1.RunWaiting;

/// The messages of [RunEvent].
final class RunEventProto {

  private RunEventProto() {}

  static void write(RunEvent event, Envelope.Builder out) {
    switch (event) {
      case RunEvent.RunCreated(var spec, var content) ->
          out.getRunCreatedBuilder()
              .setSpec(RunSpecProto.write(spec))
              .setContent(content.toString());
      case RunEvent.RunStarted(var node) -> out.getRunStartedBuilder().setNode(node.value());
      case RunEvent.RunWaiting(var waitingFor, var until) -> {
        var waiting = out.getRunWaitingBuilder();
        waiting.setWaitingFor(Vocabulary.WAITING_FOR.word(waitingFor));
        Scalars.set(until, time -> waiting.setUntil(Scalars.timestamp(time)));
      }
      case RunEvent.RunResumed(var node, var cause) ->
          out.getRunResumedBuilder().setNode(node.value()).setCause(Vocabulary.CAUSE.word(cause));
      case RunEvent.RunCancelRequested(var reason, var requestedBy) -> {
        var requested = out.getRunCancelRequestedBuilder().setRequestedBy(requestedBy);
        Scalars.set(reason, requested::setReason);
      }
      case RunEvent.RunCompleted() -> out.setRunCompleted(RunCompleted.getDefaultInstance());
      case RunEvent.RunFailed(var reasonClass, var message) ->
          out.getRunFailedBuilder()
              .setReasonClass(Vocabulary.REASON_CLASS.word(reasonClass))
              .setMessage(message);
      case RunEvent.RunCanceled(var reasonClass, var reason) -> {
        var canceled = out.getRunCanceledBuilder();
        canceled.setReasonClass(Vocabulary.REASON_CLASS.word(reasonClass));
        Scalars.set(reason, canceled::setReason);
      }
      case RunEvent.RunExecutorLost(var node, long epoch, int attempt, long resumeAfterMs) ->
          out.getRunExecutorLostBuilder()
              .setNode(node.value())
              .setEpoch(epoch)
              .setAttempt(Scalars.count(attempt))
              .setResumeAfterMs(resumeAfterMs);
      case RunEvent.RunLimitWarning(var limit, long used, long max) ->
          out.getRunLimitWarningBuilder().setLimit(limit).setUsed(used).setMax(max);
      case RunEvent.RunForked(var from, long atSeq) ->
          out.getRunForkedBuilder().setFrom(from.toString()).setAtSeq(Scalars.uint32(atSeq));
      case RunEvent.RunChildStarted(var child, var agent) ->
          out.getRunChildStartedBuilder().setChild(child.toString()).setAgent(agent);
      case RunEvent.RunChildEnded(var child, var status, var reasonClass) -> {
        var ended = out.getRunChildEndedBuilder().setChild(child.toString()).setStatus(status);
        Scalars.set(reasonClass, why -> ended.setReasonClass(Vocabulary.REASON_CLASS.word(why)));
      }
    }
  }

  static RunEvent read(RunCreated in) {
    return new RunEvent.RunCreated(
        RunSpecProto.read(needed(in.hasSpec(), "spec", in.getSpec())),
        Digest.parse(in.getContent()));
  }

  static RunEvent read(RunStarted in) {
    return new RunEvent.RunStarted(new NodeId(in.getNode()));
  }

  static RunEvent read(RunWaiting in) {
    return new RunEvent.RunWaiting(
        Vocabulary.WAITING_FOR.constant(in.getWaitingFor()),
        in.hasUntil() ? Scalars.time(in.getUntil()) : null);
  }

  static RunEvent read(RunResumed in) {
    return new RunEvent.RunResumed(
        new NodeId(in.getNode()), Vocabulary.CAUSE.constant(in.getCause()));
  }

  static RunEvent read(RunCancelRequested in) {
    return new RunEvent.RunCancelRequested(
        in.hasReason() ? in.getReason() : null, in.getRequestedBy());
  }

  static RunEvent read(RunFailed in) {
    return new RunEvent.RunFailed(
        Vocabulary.REASON_CLASS.constant(in.getReasonClass()), in.getMessage());
  }

  static RunEvent read(RunCanceled in) {
    return new RunEvent.RunCanceled(
        Vocabulary.REASON_CLASS.constant(in.getReasonClass()),
        in.hasReason() ? in.getReason() : null);
  }

  static RunEvent read(RunExecutorLost in) {
    return new RunEvent.RunExecutorLost(
        new NodeId(in.getNode()),
        in.getEpoch(),
        Scalars.count(in.getAttempt()),
        in.getResumeAfterMs());
  }

  static RunEvent read(RunLimitWarning in) {
    return new RunEvent.RunLimitWarning(in.getLimit(), in.getUsed(), in.getMax());
  }

  static RunEvent read(RunForked in) {
    return new RunEvent.RunForked(RunId.parse(in.getFrom()), Scalars.seq(in.getAtSeq()));
  }

  static RunEvent read(RunChildStarted in) {
    return new RunEvent.RunChildStarted(RunId.parse(in.getChild()), in.getAgent());
  }

  static RunEvent read(RunChildEnded in) {
    return new RunEvent.RunChildEnded(
        RunId.parse(in.getChild()),
        in.getStatus(),
        in.hasReasonClass() ? Vocabulary.REASON_CLASS.constant(in.getReasonClass()) : null);
  }
}
