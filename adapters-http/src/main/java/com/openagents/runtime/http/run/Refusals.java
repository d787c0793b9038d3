package com.openagents.runtime.http.run;

import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.http.exchange.ProblemCode;
import com.openagents.runtime.intake.Taken;
import java.time.Duration;

/// How the refusals of the intake are answered.
final class Refusals {

  private static final Duration FULL_PAUSE = Duration.ofSeconds(2);

  private Refusals() {}

  /// @param frameAt where the frame stands in the body
  static Problem of(Taken.Why why, String frameAt) {
    return switch (why) {
      case NOT_FOUND -> Problem.notFound();
      case CONFLICT ->
          new Problem(
              ProblemCode.CONFLICT, "The id was used with other content: choose another id.");
      case ENDED -> new Problem(ProblemCode.CONFLICT, "The run has ended: start another.");
      case BUSY ->
          new Problem(
              ProblemCode.CONFLICT,
              "A turn is in progress and the run rejects messages meanwhile: send it again later.");
      case FULL ->
          new Problem(
                  ProblemCode.RATE_LIMITED,
                  "As many frames wait for the run as may: send it again when some were read.")
              .because("queued_frames_per_run")
              .retryAfter(FULL_PAUSE);
      case UNKNOWN_AGENT ->
          Problem.at(ProblemCode.UNPROCESSABLE, "/agent", "is no agent of this runtime");
      case UNKNOWN_FRAME_TYPE ->
          Problem.at(ProblemCode.UNPROCESSABLE, frameAt + "/type", "is no type that the run takes");
      case FORBIDDEN ->
          new Problem(
              ProblemCode.FORBIDDEN,
              "Frames of this type are sent by the run's owner, or by the runtime alone.");
      case BEHIND_REFUSED ->
          new Problem(
              ProblemCode.CONFLICT,
              "A frame before it was refused, so it was not tried: send both again in order.");
    };
  }
}
