package com.openagents.runtime.convex;

import com.openagents.runtime.convex.Batches.Target;
import com.openagents.runtime.convex.ConvexAnswer.Barred;
import com.openagents.runtime.convex.ConvexAnswer.Failed;
import com.openagents.runtime.convex.ConvexAnswer.Lost;
import com.openagents.runtime.convex.ConvexAnswer.Overloaded;
import com.openagents.runtime.convex.ConvexAnswer.Refused;
import com.openagents.runtime.convex.ConvexAnswer.Returned;
import com.openagents.runtime.convex.ConvexAnswer.Unreached;
import com.openagents.runtime.convex.ConvexValue.Int64;
import com.openagents.runtime.convex.ConvexValue.Obj;
import com.openagents.runtime.projection.SinkAway;
import com.openagents.runtime.projection.SinkRefusing;
import com.openagents.runtime.projection.WriterFenced;
import java.util.function.Consumer;

/// What every call of the writer's functions has in common: what is to be done about an answer that
/// is none. Thread-safe.
final class Writing {

  private final ConvexCalls calls;
  private final Notices failures;

  /// @param log takes what operators should read
  Writing(ConvexCalls calls, Consumer<String> log) {
    this.calls = calls;
    this.failures = new Notices(log);
  }

  Obj query(String function, Obj args) {
    return object(value(0, calls.query(function, args)));
  }

  ConvexValue queried(String function, Obj args) {
    return value(0, calls.query(function, args));
  }

  /// A mutation that may be sent again, whatever has become of it.
  Obj mutation(String function, long epoch, Obj args) {
    return object(mutated(function, epoch, args));
  }

  ConvexValue mutated(String function, long epoch, Obj args) {
    return value(epoch, answered(function, args.with("epoch", epoch)));
  }

  /// A mutation that anybody may make who has the credential.
  void mutated(String function, Obj args) {
    value(0, answered(function, args));
  }

  /// A mutation that may be sent again; what is to be done about its answer is left to the caller.
  ConvexAnswer answered(String function, Obj args) {
    ConvexAnswer answer = calls.mutation(function, args);
    return answer instanceof Lost ? calls.mutation(function, args) : answer;
  }

  /// Begins a generation.
  ///
  /// @return the one that the stream is in, which may be higher
  long begin(Target target) {
    ConvexAnswer answer = answered("begin", target.args().with("epoch", target.epoch()));
    if (answer instanceof Refused(String code, Obj data, _) && code.equals("GENERATION")) {
      return integer(data, "generation");
    }
    return integer(object(value(target.epoch(), answer)), "generation");
  }

  /// One batch, sent once.
  ConvexAnswer batch(String args) {
    return calls.mutation("apply", args);
  }

  /// What the function returned.
  ///
  /// @throws WriterFenced when the function says so
  /// @throws SinkAway when asking later may help
  /// @throws SinkRefusing when only a person can
  ConvexValue value(long epoch, ConvexAnswer answer) {
    if (answer instanceof Returned(ConvexValue value)) {
      return value;
    }
    throw trouble(epoch, answer);
  }

  /// What is thrown for an answer. When that asks for a person, the log tells by which id the
  /// deployment's own log knows the call.
  RuntimeException trouble(long epoch, ConvexAnswer answer) {
    RuntimeException trouble = thrown(epoch, answer);
    if (trouble instanceof SinkRefusing refusing) {
      tell(String.valueOf(refusing.getMessage()), request(answer));
    }
    return trouble;
  }

  /// Tells operators once, until the deployment takes what is sent again.
  void tell(String text, String request) {
    failures.tell(text, " (request id " + request + ")");
  }

  /// The deployment takes what is sent.
  void taken() {
    failures.forget();
  }

  private static String request(ConvexAnswer answer) {
    return switch (answer) {
      case Refused(_, _, String request) -> request;
      case Failed(String request) -> request;
      case Barred(_, _, String request) -> request;
      case Returned _, Overloaded _, Lost _, Unreached _ -> "";
    };
  }

  private static RuntimeException thrown(long epoch, ConvexAnswer answer) {
    return switch (answer) {
      case Returned _ -> new IllegalStateException("what was returned is no trouble");
      case Refused(String code, Obj data, _) -> refused(epoch, code, data);
      case Failed _ ->
          new SinkRefusing(
              "failing",
              "the deployment's functions fail, are not deployed, or it is paused; its log says"
                  + " more");
      case Overloaded(String code) -> new SinkAway("overloaded", "the deployment says " + code);
      case Lost(String why) -> new SinkAway("unknown_outcome", "the answer was lost: " + why);
      case Unreached(String why) -> new SinkAway("unreachable", "no connection: " + why);
      case Barred(int status, String code, _) ->
          new SinkRefusing(
              status == 401 || status == 403 ? "unauthorized" : "rejected",
              "the deployment answers %d %s".formatted(status, code));
    };
  }

  private static RuntimeException refused(long epoch, String code, Obj data) {
    return switch (code) {
      case "FENCED" -> new WriterFenced(epoch, integer(data, "epoch"));
      case "UNAUTHENTICATED", "FORBIDDEN" ->
          new SinkRefusing("unauthorized", "the writer's functions do not take the credential");
      case "FOREIGN" ->
          new SinkRefusing(
              "foreign",
              "the deployment shows the documents of another database; see docs/runbooks/convex.md"
                  + " on how to let it go");
      case "GENERATION" ->
          new SinkRefusing("generation", "the deployment is at another rebuild than the store");
      default -> new SinkRefusing("rejected", "the writer's functions answer " + code);
    };
  }

  static Obj object(ConvexValue value) {
    if (value instanceof Obj object) {
      return object;
    }
    throw new SinkRefusing("incompatible", "a function of the deployment returned no object");
  }

  static long integer(Obj in, String name) {
    if (in.get(name) instanceof Int64(long n)) {
      return n;
    }
    throw new SinkRefusing("incompatible", "a function of the deployment returned no " + name);
  }
}
