package com.openagents.runtime.testkit.generate;

import com.openagents.runtime.projection.PastAudit;
import com.openagents.runtime.projection.PastAudit.Found;
import com.openagents.runtime.projection.Rebuild;
import com.openagents.runtime.projection.Rebuild.Phase;
import com.openagents.runtime.projection.Rebuild.Progress;
import com.openagents.runtime.projection.Rebuild.Proof;
import com.openagents.runtime.projection.Rebuild.Request;
import com.openagents.runtime.projection.Rebuild.Scope;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Random rebuilds of documents, anywhere on their way, and audits of the past. Not thread-safe.
public final class RebuildsAsked {

  private final Values some;
  private final Documents documents;

  public RebuildsAsked(RandomGenerator random) {
    some = new Values(random);
    documents = new Documents(random);
  }

  public Scope scope() {
    return switch (some.below(5)) {
      case 0 -> new Scope.All();
      case 1 -> new Scope.Projection(documents.projection().name());
      case 2 -> new Scope.OneRun(some.runId());
      case 3 -> new Scope.Retired(documents.projection().name());
      default -> new Scope.OneThread(some.thread());
    };
  }

  public Progress progress() {
    return new Progress(
        some.orNull(some::runId),
        Map.of(documents.projection().name(), some.number()),
        some.number(),
        some.number(),
        some.number(),
        some.number(),
        some.some(some::text),
        some.some(() -> new Proof("before", some.name(), documents.digest())));
  }

  public PastAudit audit() {
    return new PastAudit(
        some.oneOf(PastAudit.Sample.class),
        new Found(
            Map.of(some.name(), some.number()),
            Map.of(some.name(), Map.of("missing", some.number())),
            some.chance(),
            some.orNull(some::name)),
        some.time());
  }

  public Rebuild rebuild() {
    return new Rebuild(
        some.count(),
        new Request(scope(), some.chance(), some.name()),
        some.oneOf(Phase.class),
        progress(),
        some.time(),
        some.time());
  }
}
