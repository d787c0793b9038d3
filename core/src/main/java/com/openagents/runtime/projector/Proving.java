package com.openagents.runtime.projector;

import com.openagents.runtime.projection.DocumentsDigest;
import com.openagents.runtime.projection.ProjectionId;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import com.openagents.runtime.projection.Rebuild.Proof;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes the digests of projections for one moment of a rebuild, some documents at a time, so that
/// what is new is told meanwhile. What is told behind the place it has come to does not count. Not
/// thread-safe; begun again after a crash.
final class Proving {

  private static final int PAGE = 1_000;
  private static final int PAGES_AT_ONCE = 5;

  private final long rebuild;
  private final String moment;
  private final List<ProjectionId> ids;
  private final List<Proof> proofs = new ArrayList<>();
  private DocumentsDigest.Builder digest = new DocumentsDigest.Builder();
  private String after = "";

  /// @param rebuild its number
  Proving(long rebuild, String moment, List<ProjectionId> ids) {
    this.rebuild = rebuild;
    this.moment = moment;
    this.ids = List.copyOf(ids);
  }

  boolean isOf(long number, String when) {
    return rebuild == number && moment.equals(when);
  }

  /// Goes on by some documents.
  ///
  /// @return all of it, once nothing is left; empty before
  Optional<List<Proof>> step(ProjectionStore store) {
    for (int pages = 0; proofs.size() < ids.size() && pages < PAGES_AT_ONCE; pages++) {
      page(store, ids.get(proofs.size()).name());
    }
    return proofs.size() < ids.size() ? Optional.empty() : Optional.of(List.copyOf(proofs));
  }

  private void page(ProjectionStore store, String projection) {
    List<KeptDocument> page = store.page(projection, after, PAGE);
    for (KeptDocument kept : page) {
      after = kept.document().entity().id();
      digest.add(after, kept.said().hash());
    }
    if (page.size() < PAGE) {
      proofs.add(new Proof(moment, projection, digest.done()));
      digest = new DocumentsDigest.Builder();
      after = "";
    }
  }
}
