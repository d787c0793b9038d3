package com.openagents.runtime.app.crash;

import static com.openagents.runtime.app.crash.ShowingNodes.ISSUER;
import static com.openagents.runtime.app.crash.ShowingNodes.progress;
import static java.util.stream.Collectors.toMap;

import com.openagents.runtime.app.database.Database;
import com.openagents.runtime.app.machine.ServiceProcess;
import com.openagents.runtime.app.running.ConvexDeployment;
import com.openagents.runtime.app.wiring.RandomIds;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.convex.ConvexCredential.ServiceToken;
import com.openagents.runtime.convex.ConvexSettings;
import com.openagents.runtime.convex.ConvexSink;
import com.openagents.runtime.http.token.TokenKeys;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.LogScan;
import com.openagents.runtime.log.LogScan.Reach;
import com.openagents.runtime.postgres.log.PostgresLogScan;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.DocumentsDigest;
import com.openagents.runtime.projection.ProjectionId;
import com.openagents.runtime.projection.RunDocuments;
import com.openagents.runtime.projection.RunProjections;
import com.openagents.runtime.projector.Digests;
import com.openagents.runtime.projector.Recount;
import com.openagents.runtime.token.WriterTokens;
import com.zaxxer.hikari.HikariDataSource;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One digest over all documents of each projection, from the three places that tell them, while
/// nothing moves.
final class ToldDigests {

  private static final int RUNS_MAX = 10_000;

  private ToldDigests() {}

  /// As the log alone tells them.
  static Map<String, DocumentsDigest> byLog(Cluster cluster) {
    try (HikariDataSource source =
        Database.connections(Database.urlOf(cluster.database().endpoint()))) {
      LogScan scan = new PostgresLogScan(source);
      Recount recount = new Recount(scan, RunProjections.BUILT_IN);
      Map<String, DocumentsDigest.Builder> digests = new TreeMap<>();
      for (Reach run : scan.runs(null, RUNS_MAX)) {
        for (Document document : documents(recount, run)) {
          digests
              .computeIfAbsent(document.projection().name(), _ -> new DocumentsDigest.Builder())
              .add(document.entity().id(), document.hash());
        }
      }
      return digests.entrySet().stream()
          .collect(toMap(Map.Entry::getKey, d -> d.getValue().done()));
    }
  }

  private static List<Document> documents(Recount recount, Reach run) {
    RunDocuments told = recount.run(run.runId(), run.lastSeq()).orElseThrow();
    List<Document> documents = new ArrayList<>(told.documents());
    ThreadId thread = told.subject().threadId();
    documents.add(recount.thread(thread, Map.of(run.runId(), run.lastSeq())).orElseThrow());
    return documents;
  }

  /// As they are kept beside the log.
  static Map<String, DocumentsDigest> kept(ServiceProcess asked) {
    long number = ShowingNodes.rebuild(asked, true);
    Cluster.await(() -> Json.of("done").equals(progress(asked, number).get("phase")));
    Map<String, DocumentsDigest> digests = new TreeMap<>();
    if (progress(asked, number).get("proof") instanceof Json.Arr(List<Json> proofs)) {
      for (Json proof : proofs) {
        if (proof instanceof Json.Obj one
            && one.get("projection") instanceof Json.Str(String projection)
            && one.get("digest") instanceof Json.Str(String digest)) {
          digests.put(
              projection,
              new DocumentsDigest(ShowingNodes.number(one, "count"), Digest.parse(digest)));
        }
      }
    }
    return digests;
  }

  /// As the deployment shows them.
  ///
  /// @param keys of the nodes' tokens
  static Map<String, DocumentsDigest> shown(ConvexDeployment convex, String keys) {
    InstantSource clock = InstantSource.system();
    WriterTokens tokens =
        new WriterTokens(
            ISSUER, "openagents-convex-writer", TokenKeys.parse(keys), clock, new RandomIds(clock));
    ConvexSink sink =
        new ConvexSink(
            convex.http(), ConvexSettings.at(convex.url(), "0.1.0-TEST"), new ServiceToken(tokens));
    return RunProjections.BUILT_IN.ids().stream()
        .collect(toMap(ProjectionId::name, projection -> Digests.of(sink, projection.name())));
  }
}
