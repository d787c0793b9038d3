package com.openagents.runtime.projector;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.projection.DocumentsDigest;
import com.openagents.runtime.projection.Entity;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.ProjectionSink.Shown;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import com.openagents.runtime.projection.Rebuild.Proof;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One digest over all documents of a projection, of those beside the log or of those in a sink:
/// the proof that both say the same.
public final class Digests {

  private static final int PAGE = 1_000;
  private static final int SINK_PAGE = 100;

  private Digests() {}

  /// @throws com.openagents.runtime.log.StoreUnavailable when the store does not answer
  public static DocumentsDigest of(ProjectionStore store, String projection) {
    DocumentsDigest.Builder digest = new DocumentsDigest.Builder();
    String after = "";
    List<KeptDocument> page;
    do {
      page = store.page(projection, after, PAGE);
      for (KeptDocument kept : page) {
        after = kept.document().entity().id();
        digest.add(after, kept.said().hash());
      }
    } while (page.size() == PAGE);
    return digest.done();
  }

  /// Over what the sink shows, not over what it says that it has.
  ///
  /// @throws com.openagents.runtime.projection.SinkAway when the sink does not answer
  public static DocumentsDigest of(ProjectionSink sink, String projection) {
    DocumentsDigest.Builder digest = new DocumentsDigest.Builder();
    String after = "";
    List<Shown> page;
    do {
      page = sink.page(projection, after, SINK_PAGE);
      for (Shown shown : page) {
        after = shown.entityId();
        digest.add(after, shown.shown());
      }
    } while (page.size() == SINK_PAGE);
    return digest.done();
  }

  /// The digests of the documents about some runs, and about a thread, of each projection that has
  /// any.
  ///
  /// @throws com.openagents.runtime.log.StoreUnavailable when the store does not answer
  static List<Proof> of(
      ProjectionStore store, String moment, Collection<RunId> runs, Optional<ThreadId> thread) {
    Map<String, Map<String, Digest>> hashes = new TreeMap<>();
    List<KeptDocument> about =
        new ArrayList<>(store.about(Entity.RUN, runs.stream().map(RunId::toString).toList()));
    thread.ifPresent(one -> about.addAll(store.about(Entity.THREAD, List.of(one.value()))));
    for (KeptDocument kept : about) {
      hashes
          .computeIfAbsent(kept.document().projection().name(), _ -> new TreeMap<>())
          .put(kept.document().entity().id(), kept.said().hash());
    }
    List<Proof> proofs = new ArrayList<>();
    hashes.forEach((projection, ofIt) -> {
      DocumentsDigest.Builder digest = new DocumentsDigest.Builder();
      ofIt.forEach(digest::add);
      proofs.add(new Proof(moment, projection, digest.done()));
    });
    return proofs;
  }
}
