package com.openagents.runtime.app.node;

import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.WriterLeases;
import com.openagents.runtime.projector.Deliveries;
import com.openagents.runtime.projector.DeliveryPorts;
import com.openagents.runtime.projector.GenerationNotes;
import com.openagents.runtime.projector.ProjectionWatch;
import com.openagents.runtime.projector.Projector;
import com.openagents.runtime.projector.Rebuilding;
import com.openagents.runtime.projector.Settling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The projections in motion: from [#begin] on, whichever node holds the writer's lease brings the
/// documents up to the log and each sink up to the documents. Thread-safe.
///
/// Everything has a thread of its own: the lease, the documents, and each sink, so that no sink
/// delays another and a long rebuild does not cost the lease.
public final class Projecting implements AutoCloseable {

  private final Times times;
  private final WriterDuty duty;
  private final DocumentsDuty documents;
  private final List<SinkDuty> sinks = new ArrayList<>();
  private volatile boolean closing;
  private @Nullable Rounds following;
  private List<Rounds> rounds = List.of();

  /// What the projections are made of.
  ///
  /// @param sinks where documents are shown, each under another name
  public record Parts(
      WriterLeases leases,
      Projector projector,
      Rebuilding rebuilding,
      Settling settling,
      DeliveryPorts ports,
      GenerationNotes notes,
      List<ProjectionSink> sinks) {}

  /// @param ttl how long the projections wait for a writer that is no longer heard of
  /// @param interval how late documents follow the log, and sinks the documents, at most while both
  ///   keep up
  /// @param rest how long a rebuild rests for each unit of time that it works
  public record Times(Duration ttl, Duration interval, double rest) {
    public static final Times DEFAULT =
        new Times(Duration.ofSeconds(10), Duration.ofMillis(250), 0.5);
  }

  public Projecting(Parts parts, NodeId node, Times times, ProjectionWatch watch) {
    this.times = times;
    this.duty = new WriterDuty(parts.leases(), node, times.ttl());
    Pace pace = new Pace(times.rest(), System::nanoTime, LockSupport::parkNanos);
    this.documents = new DocumentsDuty(parts, duty, pace, watch);
    for (ProjectionSink sink : parts.sinks()) {
      Deliveries deliveries =
          new Deliveries(
              sink,
              parts.ports(),
              parts.projector().projections(),
              parts.notes(),
              watch,
              SinkDuty.AT_ONCE);
      sinks.add(
          new SinkDuty(sink.name(), deliveries, parts.ports().known(), watch, System::nanoTime));
    }
  }

  /// Begins. Call once.
  public synchronized void begin() {
    List<Rounds> begun = new ArrayList<>();
    begun.add(Rounds.every(times.ttl().dividedBy(4), "projection-lease", duty::keep));
    Rounds projector =
        Rounds.every(
            times.interval(),
            "projector",
            () -> duty.under(epoch -> documents.round(epoch, this::ends)));
    following = projector;
    begun.add(projector);
    for (SinkDuty sink : sinks) {
      begun.add(
          Rounds.every(
              times.interval(), "sink-" + sink.name(), () -> duty.under(e -> sink(sink, e))));
    }
    rounds = List.copyOf(begun);
  }

  /// Looks at once for changes, instead of at the next interval.
  public void lookSoon() {
    Rounds projector = following;
    if (projector != null && duty.holds()) {
      projector.soon();
    }
  }

  /// Whether this node writes the projections now.
  public boolean writes() {
    return duty.holds();
  }

  private void sink(SinkDuty sink, long epoch) {
    if (documents.prepared(epoch)) {
      sink.round(epoch, this::ends);
    }
  }

  private boolean ends() {
    return closing || !duty.holds();
  }

  /// Ends after the rounds in progress, and gives the lease back.
  @Override
  public synchronized void close() {
    closing = true;
    if (rounds.isEmpty()) {
      return;
    }
    rounds.subList(1, rounds.size()).forEach(round -> round.closeWith(() -> {}));
    rounds.getFirst().closeWith(duty::release);
    rounds = List.of();
  }
}
