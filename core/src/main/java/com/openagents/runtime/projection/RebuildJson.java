package com.openagents.runtime.projection;

import static com.openagents.runtime.run.SavedFields.array;
import static com.openagents.runtime.run.SavedFields.flag;
import static com.openagents.runtime.run.SavedFields.list;
import static com.openagents.runtime.run.SavedFields.number;
import static com.openagents.runtime.run.SavedFields.object;
import static com.openagents.runtime.run.SavedFields.text;
import static com.openagents.runtime.run.SavedFields.textIfAny;
import static com.openagents.runtime.run.SavedFields.texts;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.projection.Rebuild.Phase;
import com.openagents.runtime.projection.Rebuild.Progress;
import com.openagents.runtime.projection.Rebuild.Proof;
import com.openagents.runtime.projection.Rebuild.Request;
import com.openagents.runtime.projection.Rebuild.Scope;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The JSON form of rebuilds: as stores keep them, and as the API shows them.
public final class RebuildJson {

  private RebuildJson() {}

  public static Json.Obj write(Request request) {
    Json.Builder out = Json.object();
    switch (request.scope()) {
      case Scope.All() -> out.put("scope", "all");
      case Scope.Projection(var name) -> out.put("scope", "projection").put("projection", name);
      case Scope.OneRun(var id) -> out.put("scope", "run").put("runId", id.toString());
      case Scope.OneThread(var id) -> out.put("scope", "thread").put("threadId", id.value());
      case Scope.Retired(var name) -> out.put("scope", "retired").put("projection", name);
    }
    return out.put("compareOnly", request.compareOnly())
        .put("requestedBy", request.requestedBy())
        .build();
  }

  /// @throws RuntimeException when the object has another form
  public static Request request(Json.Obj in) {
    Scope scope =
        switch (text(in, "scope")) {
          case "all" -> new Scope.All();
          case "projection" -> new Scope.Projection(text(in, "projection"));
          case "run" -> new Scope.OneRun(RunId.parse(text(in, "runId")));
          case "thread" -> new Scope.OneThread(new ThreadId(text(in, "threadId")));
          case "retired" -> new Scope.Retired(text(in, "projection"));
          default -> throw new IllegalArgumentException("no such scope: " + text(in, "scope"));
        };
    return new Request(scope, flag(in, "compareOnly"), text(in, "requestedBy"));
  }

  public static Json.Obj write(Phase phase, Progress progress) {
    Json.Builder targets = Json.object();
    new TreeMap<>(progress.targets()).forEach(targets::put);
    return Json.object()
        .put("phase", phase.name().toLowerCase(Locale.ROOT))
        .put("cursor", progress.cursor() == null ? null : progress.cursor().toString())
        .put("targets", targets.build())
        .put("runs", progress.runs())
        .put("events", progress.events())
        .put("removed", progress.removed())
        .put("differing", progress.differing())
        .put("evidence", Json.array(progress.evidence().stream().map(Json::of).toList()))
        .put("proof", array(progress.proof(), RebuildJson::proof))
        .build();
  }

  private static Json.Obj proof(Proof proof) {
    return Json.object()
        .put("moment", proof.moment())
        .put("projection", proof.projection())
        .put("count", proof.digest().count())
        .put("digest", proof.digest().digest().toString())
        .build();
  }

  /// @throws RuntimeException when the object has another form
  public static Phase phase(Json.Obj in) {
    return Phase.valueOf(text(in, "phase").toUpperCase(Locale.ROOT));
  }

  /// @throws RuntimeException when the object has another form
  public static Progress progress(Json.Obj in) {
    String cursor = textIfAny(in, "cursor");
    Json.Obj targets = object(in, "targets");
    Map<String, Long> generations = new HashMap<>();
    targets.fields().keySet().forEach(name -> generations.put(name, number(targets, name)));
    return new Progress(
        cursor == null ? null : RunId.parse(cursor),
        generations,
        number(in, "runs"),
        number(in, "events"),
        number(in, "removed"),
        number(in, "differing"),
        texts(in, "evidence"),
        list(
            in,
            "proof",
            p ->
                new Proof(
                    text(p, "moment"),
                    text(p, "projection"),
                    new DocumentsDigest(number(p, "count"), Digest.parse(text(p, "digest"))))));
  }
}
