package com.openagents.runtime.testkit.generate;

import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.EventType;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.log.ChangeFeed.Position;
import com.openagents.runtime.projection.Checkpoint;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.DocumentsDigest;
import com.openagents.runtime.projection.Entity;
import com.openagents.runtime.projection.KnownSinks.Behind;
import com.openagents.runtime.projection.KnownSinks.SinkState;
import com.openagents.runtime.projection.ProjectionId;
import com.openagents.runtime.projection.ProjectionSink.Change;
import com.openagents.runtime.projection.ProjectionSink.Outcome;
import com.openagents.runtime.projection.ProjectionSink.Shown;
import com.openagents.runtime.projection.ProjectionSink.Standing;
import com.openagents.runtime.projection.ProjectionStore.Commit;
import com.openagents.runtime.projection.ProjectionStore.Generation;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import com.openagents.runtime.projection.ProjectionStore.KeptRow;
import com.openagents.runtime.projection.ProjectionStore.ParkedRun;
import com.openagents.runtime.projection.ProjectionStore.Stretch;
import com.openagents.runtime.projection.ProjectionStore.Written;
import com.openagents.runtime.projection.ReadRow;
import com.openagents.runtime.projection.RunDocuments;
import com.openagents.runtime.projection.RunDocuments.Applied;
import com.openagents.runtime.projection.RunProjections;
import com.openagents.runtime.projection.RunSubject;
import com.openagents.runtime.projection.RunSummary;
import com.openagents.runtime.projection.SinkBook.Due;
import com.openagents.runtime.projection.SinkBook.Held;
import com.openagents.runtime.projection.SinkBook.ParkedDocument;
import com.openagents.runtime.projection.SinkBook.Taken;
import com.openagents.runtime.projection.SinkStreams.Leaving;
import com.openagents.runtime.projection.ThreadSummary;
import com.openagents.runtime.projection.TimelineSlices;
import com.openagents.runtime.projection.WriterLeases.WriterLease;
import com.openagents.runtime.testkit.Drafts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// Random documents, and what is kept and said of them: each lawful by itself. Not thread-safe.
public final class Documents {

  private final Values some;
  private final Lives lives;

  public Documents(RandomGenerator random) {
    some = new Values(random);
    lives = new Lives(random);
  }

  public Entity entity() {
    return some.chance() ? Entity.of(some.runId()) : Entity.of(some.thread());
  }

  public ProjectionId projection() {
    return new ProjectionId("projection_" + some.below(3), 1 + some.below(3));
  }

  public Document document() {
    return Document.of(projection(), entity(), some.count(), some.principal(), some.object());
  }

  public Checkpoint checkpoint() {
    return Checkpoint.of(some.count(), document());
  }

  public DocumentsDigest digest() {
    return new DocumentsDigest(some.count(), some.digest());
  }

  public Change change() {
    return some.chance()
        ? new Change.Upsert(document(), some.time())
        : new Change.Delete(entity(), checkpoint());
  }

  public Outcome outcome() {
    return new Outcome(some.oneOf(Outcome.Kind.class), some.orNull(some::text));
  }

  public Shown shown() {
    return new Shown(some.name(), checkpoint(), some.digest());
  }

  public Standing standing() {
    return new Standing(some.count(), some.number());
  }

  public Generation generation() {
    return new Generation(some.count(), 1 + some.below(3));
  }

  public KeptDocument kept() {
    return new KeptDocument(document(), some.count(), some.time());
  }

  public Commit commit() {
    return new Commit(
        Map.of(some.runId(), some.number()),
        some.some(() -> new Written(document(), some.count())),
        some.some(this::row),
        some.some(() -> new ParkedRun(some.runId(), some.number(), some.text())),
        some.orNull(() -> new Position(some.name())));
  }

  public KeptRow keptRow() {
    return KeptRow.of(row());
  }

  public Stretch stretch() {
    return new Stretch(some.runId(), some.number(), some.number());
  }

  public RunSubject subject() {
    return new RunSubject(some.runId(), some.thread(), some.principal(), some.name(), some.time());
  }

  public ReadRow row() {
    return some.chance()
        ? new ReadRow.Step(subject(), some.number(), some.time(), some.name())
        : new ReadRow.Message(
            subject(), some.number(), some.time(), "agent", some.text(), some.chance());
  }

  public RunSummary summary() {
    return new RunSummary(
        lives.run(),
        some.number(),
        some.name(),
        some.time(),
        some.orNull(some::text),
        some.orNull(some::time));
  }

  public ThreadSummary thread() {
    return new ThreadSummary(
        some.thread(),
        some.principal(),
        some.number(),
        new TreeMap<>(Map.of(lives.run().status(), 1L)),
        new ThreadSummary.Latest(some.runId(), some.time(), lives.run().status()),
        some.time(),
        some.time());
  }

  public TimelineSlices.Entry entry() {
    return new TimelineSlices.Entry(
        some.count(), some.name(), some.time(), some.orNull(some::text));
  }

  /// The documents of a run after its first event.
  public Applied applied() {
    var runId = some.runId();
    String payload = EventCodec.payload(Drafts.start(runId).events().getFirst());
    EventType type = EventType.RUN_CREATED;
    return RunDocuments.apply(
        RunProjections.BUILT_IN,
        null,
        new StoredEvent(
            runId, 1, type.wireName(), type.version(), payload, some.time(), null, null));
  }

  public Due due() {
    return new Due(some.name(), entity(), some.orNull(this::kept), some.orNull(this::checkpoint));
  }

  public Held held() {
    return new Held(checkpoint(), some.chance());
  }

  public Taken taken() {
    return new Taken(some.name(), entity(), some.orNull(this::checkpoint));
  }

  public Leaving leaving() {
    return new Leaving(some.name(), some.name(), some.orNull(some::text));
  }

  public ParkedDocument parked() {
    return new ParkedDocument(
        some.name(), entity(), some.orNull(this::checkpoint), some.text(), some.time());
  }

  public List<SinkState> sinks() {
    return some.some(() ->
        new SinkState(
            some.name(),
            some.chance(),
            some.chance(),
            some.number(),
            some.number(),
            new Behind(some.number(), some.number()),
            some.orNull(some::time),
            some.orNull(some::text)));
  }

  public WriterLease lease() {
    return new WriterLease(some.node(), some.number(), some.time());
  }
}
