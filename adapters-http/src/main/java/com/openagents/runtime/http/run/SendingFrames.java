package com.openagents.runtime.http.run;

import static com.openagents.runtime.http.exchange.ProblemCode.CONFLICT;
import static com.openagents.runtime.http.exchange.ProblemCode.NOT_FOUND;
import static com.openagents.runtime.http.exchange.ProblemCode.RATE_LIMITED;

import com.openagents.runtime.access.Audit;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.exchange.Answer;
import com.openagents.runtime.http.exchange.Answer.JsonAnswer;
import com.openagents.runtime.http.exchange.Contract;
import com.openagents.runtime.http.exchange.Contract.JsonBody;
import com.openagents.runtime.http.exchange.Exchange;
import com.openagents.runtime.http.exchange.Guard;
import com.openagents.runtime.http.exchange.Parameter;
import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.http.exchange.Reply;
import com.openagents.runtime.http.exchange.Route;
import com.openagents.runtime.http.exchange.Route.Method;
import com.openagents.runtime.http.schema.Schema;
import com.openagents.runtime.intake.NewFrame;
import com.openagents.runtime.intake.RunReads;
import com.openagents.runtime.intake.Runs;
import com.openagents.runtime.intake.Taken;
import com.openagents.runtime.run.FrameType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The calls that send frames to a run: one, or several in their order.
public final class SendingFrames {

  private static final Schema ACCEPTED = Schema.words(List.of("accepted"));

  private static final Schema REFUSED =
      Schema.words(List.of("conflict", "rate_limited", "unprocessable", "forbidden"));

  private static final Schema TAKEN =
      Schema.object("SubmitFrameResponse")
          .field("runId", Schema.UUID)
          .field("frameId", Schema.TEXT)
          .field("status", ACCEPTED)
          .field("lastSeq", Schema.COUNT)
          .field("idempotentReplay", Schema.FLAG)
          .closed();

  private static final Schema ALL_TAKEN =
      Schema.object("SubmitFramesResponse")
          .field("runId", Schema.UUID)
          .field("status", ACCEPTED)
          .field("lastSeq", Schema.COUNT)
          .field("idempotentReplay", Schema.FLAG)
          .field(
              "frames",
              Schema.listOf(
                  Schema.object("SubmittedFrame")
                      .field("frameId", Schema.TEXT)
                      .field("status", Schema.words(List.of("accepted", "refused")))
                      .fieldIfAny("lastSeq", Schema.COUNT)
                      .fieldIfAny("idempotentReplay", Schema.FLAG)
                      .fieldIfAny(
                          "error",
                          Schema.object("SubmittedFrameError")
                              .field("code", REFUSED)
                              .field("message", Schema.TEXT)
                              .closed())
                      .closed()))
          .closed();

  private final Runs runs;
  private final Admission admission;
  private final AuditedActs acts;

  public SendingFrames(Runs runs, RunReads reads, Admission admission, Audit audit) {
    this.runs = runs;
    this.admission = admission;
    this.acts = new AuditedActs(reads, audit);
  }

  public List<Route> routes() {
    return List.of(
        new Route(
            Method.POST,
            "/internal/v1/runs/{runId}/frames",
            Guard.OWNER,
            new Contract(
                "appendFrame",
                "Send a frame to a run. Idempotent by frameId.",
                List.of(Parameter.RUN_ID),
                new JsonBody(SubmitFrameRequest.class, true),
                List.of(
                    Reply.json(202, "Accepted.", TAKEN),
                    Reply.json(200, "The same was accepted before.", TAKEN)),
                Set.of(NOT_FOUND, CONFLICT, RATE_LIMITED)),
            this::one),
        new Route(
            Method.POST,
            "/internal/v1/runs/{runId}/frames/batch",
            Guard.OWNER,
            new Contract(
                "appendFrames",
                "Send frames to a run, in their order. Idempotent by each frameId. Each frame has"
                    + " an answer of its own; the call is refused when none is taken, now or"
                    + " before.",
                List.of(Parameter.RUN_ID),
                new JsonBody(SubmitFramesRequest.class, true),
                List.of(
                    Reply.json(202, "At least one is accepted.", ALL_TAKEN),
                    Reply.json(200, "None is new; at least one was accepted before.", ALL_TAKEN)),
                Set.of(NOT_FOUND, CONFLICT, RATE_LIMITED)),
            this::several));
  }

  private Answer one(Exchange exchange) {
    SubmitFrameRequest body = exchange.body(SubmitFrameRequest.class);
    FramePayloads.check(body.type(), body.payload(), "/payload");
    Taken taken = take(exchange, "run.frame", List.of(body)).getFirst();
    if (taken instanceof Taken.Refused(Taken.Why why)) {
      throw Refusals.of(why, "");
    }
    boolean repeated = taken instanceof Taken.Repeated;
    return new JsonAnswer(
        repeated ? 200 : 202,
        accepted(
                Json.object()
                    .put("runId", exchange.runId().toString())
                    .put("frameId", body.frameId()),
                lastSeq(taken),
                repeated)
            .build());
  }

  private Answer several(Exchange exchange) {
    List<SubmitFrameRequest> frames = exchange.body(SubmitFramesRequest.class).frames();
    for (int i = 0; i < frames.size(); i++) {
      SubmitFrameRequest frame = frames.get(i);
      FramePayloads.check(frame.type(), frame.payload(), at(i) + "/payload");
    }
    List<Taken> taken = take(exchange, "run.frames", frames);
    refusedAltogether(taken);
    boolean repeated = taken.stream().noneMatch(Taken.Accepted.class::isInstance);
    List<Json> each = new ArrayList<>();
    long lastSeq = 0;
    for (int i = 0; i < frames.size(); i++) {
      each.add(said(frames.get(i).frameId(), taken.get(i), at(i)));
      lastSeq = Math.max(lastSeq, lastSeq(taken.get(i)));
    }
    return new JsonAnswer(
        repeated ? 200 : 202,
        accepted(Json.object().put("runId", exchange.runId().toString()), lastSeq, repeated)
            .put("frames", Json.array(each))
            .build());
  }

  private static String at(int index) {
    return "/frames/" + index;
  }

  /// @throws Problem for the first refusal, when no frame is taken, now or before
  private static void refusedAltogether(List<Taken> taken) {
    if (taken.stream().allMatch(Taken.Refused.class::isInstance)
        && taken.getFirst() instanceof Taken.Refused(Taken.Why why)) {
      throw Refusals.of(why, at(0));
    }
  }

  private static Json said(String frameId, Taken taken, String at) {
    Json.Builder said = Json.object().put("frameId", frameId);
    if (!(taken instanceof Taken.Refused(Taken.Why why))) {
      return accepted(said, lastSeq(taken), taken instanceof Taken.Repeated).build();
    }
    Problem problem = Refusals.of(why, at);
    return said.put("status", "refused")
        .put(
            "error",
            Json.object()
                .put("code", problem.code().wireName())
                .put("message", problem.getMessage())
                .build())
        .build();
  }

  private static Json.Builder accepted(Json.Builder said, long lastSeq, boolean repeated) {
    return said.put("lastSeq", lastSeq).put("status", "accepted").put("idempotentReplay", repeated);
  }

  private static long lastSeq(Taken taken) {
    return switch (taken) {
      case Taken.Accepted(long lastSeq) -> lastSeq;
      case Taken.Repeated(long lastSeq) -> lastSeq;
      case Taken.Refused _ -> 0;
    };
  }

  private List<Taken> take(Exchange exchange, String action, List<SubmitFrameRequest> bodies) {
    List<NewFrame> frames = bodies.stream().map(SubmitFrameRequest::frame).toList();
    if (frames.stream().anyMatch(frame -> !FrameType.effectOf(frame.type()).urgent())) {
      admission
          .pauseBeforeFrame()
          .ifPresent(pause -> {
            throw new Problem(RATE_LIMITED, "Too many frames wait on the node: try later.")
                .retryAfter(pause);
          });
    }
    Optional<String> before = acts.before(exchange);
    List<Taken> taken =
        runs.frames(exchange.runId(), frames, exchange.sender(), exchange.trace().traceId());
    List<String> types = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      if (!(taken.get(i) instanceof Taken.Refused)) {
        types.add(frames.get(i).type());
      }
    }
    if (!types.isEmpty()) {
      acts.record(exchange, action, String.join(", ", types), before);
    }
    return taken;
  }
}
