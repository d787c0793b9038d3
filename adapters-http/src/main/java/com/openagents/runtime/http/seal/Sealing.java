package com.openagents.runtime.http.seal;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.exchange.Answer;
import com.openagents.runtime.http.exchange.Answer.Written;
import com.openagents.runtime.http.exchange.Contract;
import com.openagents.runtime.http.exchange.Contract.RawBody;
import com.openagents.runtime.http.exchange.Exchange;
import com.openagents.runtime.http.exchange.Guard;
import com.openagents.runtime.http.exchange.Parameter;
import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.http.exchange.ProblemCode;
import com.openagents.runtime.http.exchange.Reply;
import com.openagents.runtime.http.exchange.Route;
import com.openagents.runtime.http.exchange.Route.Method;
import com.openagents.runtime.http.run.Events;
import com.openagents.runtime.http.schema.Schema;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.intake.RunReads;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.Seals;
import com.openagents.runtime.log.Seals.Seal;
import com.openagents.runtime.seal.Bundle;
import com.openagents.runtime.seal.Report;
import com.openagents.runtime.seal.Sealer;
import com.openagents.runtime.seal.Verify;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Export and verification of sealed runs.
public final class Sealing {

  private static final String NDJSON = "application/x-ndjson";
  private static final int BUNDLE_BYTES_MAX = 32 << 20;

  private static final Schema REPORT =
      Schema.object("VerificationReport")
          .field("verdict", Schema.words(List.of("intact", "broken")))
          .fieldIfAny("runId", Schema.UUID)
          .fieldIfAny("throughSeq", Schema.COUNT)
          .fieldIfAny("sealedAt", Schema.TIME)
          .fieldIfAny("publicKey", Schema.TEXT)
          .fieldIfAny("trusted", Schema.FLAG)
          .fieldIfAny(
              "late",
              Schema.listOf(
                  Schema.object("LateRecord")
                      .field("seq", Schema.COUNT)
                      .field("type", Schema.TEXT)
                      .closed()))
          .fieldIfAny("aged", Schema.listOf(Events.AGED))
          .fieldIfAny("place", Schema.words(List.of("header", "seal", "event")))
          .fieldIfAny("seq", Schema.COUNT)
          .fieldIfAny("reason", Schema.TEXT)
          .closed();

  private static final Schema KEYS =
      Schema.object("SealKeys").field("keys", Schema.listOf(Schema.TEXT)).closed();

  private final RunReads reads;
  private final EventLog log;
  private final Sealer sealer;
  private final Seals seals;
  private final String ownKey;
  private final Computing computing = new Computing();

  /// @param seals tells which keys are this installation's own
  /// @param ownKey this node's public key, which may not have sealed anything yet
  public Sealing(RunReads reads, EventLog log, Sealer sealer, Seals seals, String ownKey) {
    this.reads = reads;
    this.log = log;
    this.sealer = sealer;
    this.seals = seals;
    this.ownKey = ownKey;
  }

  public List<Route> routes() {
    return List.of(
        new Route(
            Method.GET,
            "/internal/v1/runs/{runId}/export",
            Guard.OWNER,
            new Contract(
                "exportRun",
                "The sealed bundle of a run that has ended.",
                List.of(Parameter.RUN_ID),
                null,
                List.of(Reply.content(200, "Lines of canonical JSON.", NDJSON)),
                Set.of(ProblemCode.NOT_FOUND, ProblemCode.CONFLICT)),
            this::export),
        new Route(
            Method.POST,
            "/internal/v1/runs/verify",
            Guard.OWNER,
            new Contract(
                "verifyBundle",
                "Check a bundle; the command line can do it without a server, and larger ones.",
                List.of(),
                new RawBody(NDJSON, BUNDLE_BYTES_MAX),
                List.of(Reply.json(200, "What was found.", REPORT)),
                Set.of()),
            this::verify),
        new Route(
            Method.GET,
            "/internal/v1/seal-keys",
            Guard.OWNER,
            new Contract(
                "listSealKeys",
                "The public keys under which this installation seals logs, and has sealed them.",
                List.of(),
                null,
                List.of(Reply.json(200, "As asked.", KEYS)),
                Set.of()),
            this::keys));
  }

  private Answer export(Exchange exchange) {
    RunId runId = exchange.runId();
    if (reads.head(runId, exchange.sender()).isEmpty()) {
      throw Problem.notFound();
    }
    Seal seal =
        sealer
            .seal(runId)
            .orElseThrow(() ->
                new Problem(ProblemCode.CONFLICT, "The run has not ended: export it when it has."));
    return new Written(NDJSON, out -> Bundle.write(log, seals, runId, seal, out));
  }

  private Answer verify(Exchange exchange) {
    Set<String> trusted = keys();
    return Answer.ok(json(computing.result(() -> report(exchange.bytes(), trusted))));
  }

  private static Report report(byte[] bundle, Set<String> trusted) {
    try {
      return Verify.bundle(new ByteArrayInputStream(bundle), trusted);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  private Answer keys(Exchange exchange) {
    return Answer.ok(
        Json.object().put("keys", Json.array(keys().stream().map(Json::of).toList())).build());
  }

  private SortedSet<String> keys() {
    SortedSet<String> keys = new TreeSet<>(seals.keys());
    keys.add(ownKey);
    return keys;
  }

  private static Json.Obj json(Report report) {
    return switch (report) {
      case Report.Intact(
              var runId,
              long through,
              var at,
              var key,
              boolean trusted,
              var late,
              var aged) ->
          Json.object()
              .put("verdict", "intact")
              .put("runId", runId.toString())
              .put("throughSeq", through)
              .put("sealedAt", at)
              .put("publicKey", key)
              .put("trusted", trusted)
              .put("late", Json.array(late.stream().map(Sealing::late).toList()))
              .put("aged", Json.array(aged.stream().map(Sealing::aged).toList()))
              .build();
      case Report.Broken(var place, long seq, var reason) ->
          Json.object()
              .put("verdict", "broken")
              .put("place", place.name().toLowerCase(Locale.ROOT))
              .put("seq", seq)
              .put("reason", reason)
              .build();
    };
  }

  private static Json.Obj aged(Report.Aged aged) {
    return Json.object().put("from", aged.from()).put("to", aged.through()).build();
  }

  private static Json.Obj late(Report.Late late) {
    return Json.object().put("seq", late.seq()).put("type", late.type()).build();
  }
}
