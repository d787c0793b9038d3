package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.stream.AiSdkMapping;
import com.openagents.runtime.stream.Cursor;
import com.openagents.runtime.stream.CursorVerdict;
import com.openagents.runtime.stream.EventsMapping;
import com.openagents.runtime.stream.Mapping;
import com.openagents.runtime.stream.Resumption;
import com.openagents.runtime.stream.StreamRunner;
import java.util.List;
import java.util.Optional;

/// Somebody who follows a run to its end, now at this node and then at that, and begins anew when
/// told that what comes next aged out.
final class SimulatedReader {

  private static final int PAGE = 16;
  private static final int DURABLE_PAGE = 1_000;
  private static final int BEGINS_MILLIS_MAX = 12_000;
  private static final int LOOKS_MILLIS_MAX = 2_000;
  private static final int LEAVES_ONE_IN = 12;

  private final World world;
  private final RunId runId;
  private final Place place;
  private final Asking asking;
  private final Mapping<?> mapping;
  private TextsRead texts = new TextsRead();
  private long cursor;
  private int refused;
  private boolean done;

  SimulatedReader(World world, RunId runId) {
    this.world = world;
    this.runId = runId;
    this.place = new Place("reader of " + GatedLog.shown(runId));
    this.asking = new Asking(world, place);
    this.mapping = world.random().nextBoolean() ? new EventsMapping() : AiSdkMapping.PORTABLE;
  }

  Place place() {
    return place;
  }

  RunId runId() {
    return runId;
  }

  boolean done() {
    return done;
  }

  TextsRead texts() {
    return texts;
  }

  /// How often it was told to begin anew.
  int refused() {
    return refused;
  }

  void begin() {
    world.lockstep().spawn(place.name(), place, this::read);
  }

  private void read() {
    asking.pause(BEGINS_MILLIS_MAX);
    while (!done) {
      world.anyNode().ifPresent(this::readAt);
      asking.retryLater();
    }
  }

  private void readAt(SimulatedNode node) {
    try {
      open(node.log()).ifPresent(runner -> follow(node.log(), runner));
    } catch (StoreUnavailable | NodeCrashed noAnswer) {
      world.note(() -> "%s: cut off behind %d".formatted(place.name(), cursor));
    }
  }

  /// As `Streams` opens one for a reader, but for what readers share.
  private Optional<StreamRunner<?>> open(EventLog log) {
    RunHead head = log.head(runId).orElse(null);
    if (head == null) {
      return Optional.empty();
    }
    Cursor wanted = cursor == 0 ? new Cursor.Start() : new Cursor.After(cursor);
    CursorVerdict verdict = wanted.against(head.lastSeq(), head.floor(), null);
    world.note(() -> "%s: %s → %s".formatted(place.name(), wanted, verdict));
    return switch (verdict) {
      case CursorVerdict.Replay(long after) when after == 0 ->
          Optional.of(new StreamRunner<>(mapping.replay(), 0));
      case CursorVerdict.Replay(long after) -> Optional.of(resumed(log, mapping, after));
      case CursorVerdict.Stale _ -> {
        beginAnew();
        yield Optional.empty();
      }
      case CursorVerdict other ->
          throw new Defect(
              PlayLaws.CURSOR, "%s: %s leads to %s".formatted(place.name(), wanted, other), null);
    };
  }

  private <S> StreamRunner<S> resumed(EventLog log, Mapping<S> format, long after) {
    Resumption<S> resumption = new Resumption<>(format, after);
    if (resumption.position() < after) {
      log.readDurable(runId, resumption.position(), DURABLE_PAGE).stream()
          .map(EventCodec::decode)
          .forEach(resumption::next);
    }
    return resumption.runner();
  }

  private void beginAnew() {
    texts = new TextsRead();
    cursor = 0;
    refused++;
  }

  private void follow(EventLog log, StreamRunner<?> runner) {
    while (!done && !asking.chance(LEAVES_ONE_IN)) {
      List<StoredEvent> page = log.read(runId, runner.position(), PAGE);
      for (StoredEvent stored : page) {
        Envelope next = EventCodec.decode(stored);
        if (runner.missesBefore(next)) {
          return;
        }
        texts.take(runner.next(next));
        cursor = Math.max(cursor, next.seq());
      }
      done = runner.ended();
      if (page.size() < PAGE) {
        asking.pause(LOOKS_MILLIS_MAX);
      }
    }
  }
}
