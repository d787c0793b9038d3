package com.openagents.runtime.projector;

import com.openagents.runtime.projection.DocumentsDigest;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.ProjectionSink.Shown;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import java.util.List;

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
}
