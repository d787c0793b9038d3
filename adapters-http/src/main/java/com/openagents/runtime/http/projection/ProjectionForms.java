package com.openagents.runtime.http.projection;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.schema.Schema;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.KnownSinks;
import com.openagents.runtime.projection.KnownSinks.SinkState;
import com.openagents.runtime.projection.PastAudit;
import com.openagents.runtime.projection.PastAuditJson;
import com.openagents.runtime.projection.ProjectionStore.Generation;
import com.openagents.runtime.projection.ProjectionStore.ParkedRun;
import com.openagents.runtime.projection.Rebuild;
import com.openagents.runtime.projection.Rebuild.Phase;
import com.openagents.runtime.projection.RebuildJson;
import com.openagents.runtime.projection.SinkBook.ParkedDocument;
import com.openagents.runtime.projection.SinkStreams.Leaving;
import com.openagents.runtime.projection.WriterLeases.WriterLease;
import com.openagents.runtime.projector.AuditReport;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// How projections are shown.
final class ProjectionForms {

  private static final Schema PROOF =
      Schema.object("RebuildProof")
          .field("moment", Schema.words(List.of("before", "after")))
          .field("projection", Schema.TEXT)
          .field("count", Schema.COUNT)
          .field("digest", Schema.TEXT)
          .closed();

  static final Schema REBUILD =
      Schema.object("ProjectionRebuild")
          .field("number", Schema.COUNT)
          .field(
              "request",
              Schema.object("RequestedRebuild")
                  .field(
                      "scope",
                      Schema.words(List.of("all", "projection", "run", "thread", "retired")))
                  .fieldIfAny("projection", Schema.TEXT)
                  .fieldIfAny("runId", Schema.UUID)
                  .fieldIfAny("threadId", Schema.TEXT)
                  .field("compareOnly", Schema.FLAG)
                  .field("requestedBy", Schema.TEXT)
                  .closed())
          .field(
              "progress",
              Schema.object("RebuildProgress")
                  .field("phase", Schema.words(words(Phase.values())))
                  .fieldIfAny("cursor", Schema.UUID)
                  .field("targets", Schema.FREE)
                  .field("runs", Schema.COUNT)
                  .field("events", Schema.COUNT)
                  .field("removed", Schema.COUNT)
                  .field("differing", Schema.COUNT)
                  .field("evidence", Schema.listOf(Schema.TEXT))
                  .field("proof", Schema.listOf(PROOF))
                  .closed())
          .field("requestedAt", Schema.TIME)
          .field("at", Schema.TIME)
          .closed();

  static final Schema SINK =
      Schema.object("ProjectionSink")
          .field("sink", Schema.TEXT)
          .field("paused", Schema.FLAG)
          .field("marking", Schema.FLAG)
          .field("pending", Schema.COUNT)
          .field("parked", Schema.COUNT)
          .field("lagEvents", Schema.COUNT)
          .fieldIfAny("oldestDue", Schema.TIME)
          .fieldIfAny("trouble", Schema.TEXT)
          .field("unshown", Schema.listOf(Schema.TEXT))
          .closed();

  static final Schema STATUS =
      Schema.object("ProjectionStatus")
          .field(
              "projections",
              Schema.listOf(
                  Schema.object("ProjectionGeneration")
                      .field("name", Schema.TEXT)
                      .field("version", Schema.COUNT)
                      .field("generation", Schema.COUNT)
                      .field("told", Schema.FLAG)
                      .closed()))
          .fieldIfAny(
              "writer",
              Schema.object("ProjectionWriter")
                  .field("nodeId", Schema.TEXT)
                  .field("epoch", Schema.COUNT)
                  .field("expiresAt", Schema.TIME)
                  .closed())
          .field("sinks", Schema.listOf(SINK))
          .field(
              "leaving",
              Schema.listOf(
                  Schema.object("LeavingStream")
                      .field("sink", Schema.TEXT)
                      .field("projection", Schema.TEXT)
                      .fieldIfAny("reason", Schema.TEXT)
                      .closed()))
          .field(
              "parkedRuns",
              Schema.listOf(
                  Schema.object("ParkedRun")
                      .field("runId", Schema.UUID)
                      .field("seq", Schema.COUNT)
                      .field("reason", Schema.TEXT)
                      .closed()))
          .field("rebuilds", Schema.listOf(REBUILD))
          .field(
              "audits",
              Schema.listOf(
                  Schema.object("PastProjectionAudit")
                      .field("sample", Schema.words(words(PastAudit.Sample.values())))
                      .field("at", Schema.TIME)
                      .field("complete", Schema.FLAG)
                      .field("compared", Schema.FREE)
                      .field("found", Schema.FREE)
                      .closed()))
          .field("drift", DriftForm.SCHEMA)
          .closed();

  static final Schema PARKED =
      Schema.object("ParkedDocuments")
          .field(
              "documents",
              Schema.listOf(
                  Schema.object("ParkedDocument")
                      .field("documentId", Schema.TEXT)
                      .fieldIfAny("seq", Schema.COUNT)
                      .field("reason", Schema.TEXT)
                      .field("since", Schema.TIME)
                      .closed()))
          .closed();

  static final Schema REPORT =
      Schema.object("ProjectionAudit")
          .field("compared", Schema.FREE)
          .field("found", Schema.FREE)
          .field("clean", Schema.FLAG)
          .field("mismatchRate", Schema.inline(Json.object().put("type", "number")))
          .field("lagP95", Schema.COUNT)
          .field("evidence", Schema.listOf(Schema.TEXT))
          .fieldIfAny("next", Schema.TEXT)
          .closed();

  private ProjectionForms() {}

  private static List<String> words(Enum<?>[] constants) {
    return Stream.of(constants).map(ProjectionForms::word).toList();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static Json projection(String name, Generation generation, boolean told) {
    return Json.object()
        .put("name", name)
        .put("version", generation.version())
        .put("generation", generation.number())
        .put("told", told)
        .build();
  }

  static Json writer(WriterLease lease) {
    return Json.object()
        .put("nodeId", lease.node().value())
        .put("epoch", lease.epoch())
        .put("expiresAt", lease.expiresAt())
        .build();
  }

  static Json sink(SinkState sink, KnownSinks known) {
    return Json.object()
        .put("sink", sink.sink())
        .put("paused", sink.paused())
        .put("marking", sink.marking())
        .put("pending", sink.pending())
        .put("parked", sink.parked())
        .put("lagEvents", sink.behind().sum())
        .put("oldestDue", sink.oldestDue())
        .put("trouble", sink.trouble())
        .put(
            "unshown",
            Json.array(known.unshown(sink.sink()).stream().sorted().map(Json::of).toList()))
        .build();
  }

  static Json leaving(Leaving stream) {
    return Json.object()
        .put("sink", stream.sink())
        .put("projection", stream.projection())
        .put("reason", stream.reason())
        .build();
  }

  static Json parkedRun(ParkedRun parked) {
    return Json.object()
        .put("runId", parked.runId().toString())
        .put("seq", parked.seq())
        .put("reason", parked.reason())
        .build();
  }

  static Json parked(ParkedDocument parked) {
    return Json.object()
        .put("documentId", Document.id(parked.projection(), parked.entity()))
        .put("seq", parked.wanted() == null ? null : parked.wanted().seq())
        .put("reason", parked.reason())
        .put("since", parked.since())
        .build();
  }

  static Json rebuild(Rebuild rebuild) {
    return Json.object()
        .put("number", rebuild.number())
        .put("request", RebuildJson.write(rebuild.request()))
        .put("progress", RebuildJson.write(rebuild.phase(), rebuild.progress()))
        .put("requestedAt", rebuild.requestedAt())
        .put("at", rebuild.at())
        .build();
  }

  static Json pastAudit(PastAudit audit) {
    return Json.object()
        .put("sample", word(audit.sample()))
        .put("at", audit.at())
        .put("complete", audit.found().complete())
        .put("compared", PastAuditJson.counts(audit.found().compared()))
        .put("found", PastAuditJson.differences(audit.found()))
        .build();
  }

  static Json report(AuditReport report) {
    Json.Builder compared = Json.object();
    report.compared().forEach(compared::put);
    Json.Builder found = Json.object();
    report
        .found()
        .forEach((where, kinds) -> {
          Json.Builder counts = Json.object();
          kinds.forEach((kind, count) -> counts.put(kind.word(), count));
          found.put(where, counts.build());
        });
    return Json.object()
        .put("compared", compared.build())
        .put("found", found.build())
        .put("clean", report.clean())
        .put("mismatchRate", report.mismatchRate())
        .put("lagP95", report.lagP95())
        .put("evidence", Json.array(report.evidence().stream().map(Json::of).toList()))
        .put("next", report.next() == null ? null : report.next().text())
        .build();
  }
}
