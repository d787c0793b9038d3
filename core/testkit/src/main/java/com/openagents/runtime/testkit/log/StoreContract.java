package com.openagents.runtime.testkit.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Refusal;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.testkit.Drafts;
import com.openagents.runtime.testkit.StoreFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What all suites of a store share: a fresh store for each test, and short ways to write and look.
public abstract class StoreContract {

  static final RunId RUN = Drafts.runId(1);

  /// Longer than [Drafts#TTL], with a margin for the time that a test itself takes.
  static final Duration MORE_THAN_TTL = Drafts.TTL.plusMinutes(1);

  private StoreFixture store;

  /// Opens a store, fresh and empty; the suite closes it.
  protected abstract StoreFixture openStore();

  @BeforeEach
  final void open() {
    store = openStore();
  }

  @AfterEach
  final void close() {
    store.close();
  }

  final StoreFixture store() {
    return store;
  }

  final EventLog log() {
    return store.log();
  }

  /// Writes what must be accepted.
  final Appended.Written write(Append append) {
    Appended outcome = log().append(append);
    assertThat(outcome).as("outcome of %s", append).isInstanceOf(Appended.Written.class);
    return (Appended.Written) outcome;
  }

  final RunId start(int number) {
    return start(Drafts.start(Drafts.runId(number)));
  }

  final RunId start(Append start) {
    write(start);
    return start.runId();
  }

  /// Starts the run and takes its lease.
  final long startAndAcquire(RunId runId, NodeId node) {
    start(Drafts.start(runId));
    return write(Drafts.acquire(runId, node)).epoch();
  }

  /// The row of a run, but for the time at which it was read.
  final RunHead head(RunId runId) {
    return log()
        .head(runId)
        .map(StoreContract::timeless)
        .orElseThrow(() -> new AssertionError("no row of run " + runId));
  }

  /// The row as if it had been read at no particular time, so that two reads compare.
  static RunHead timeless(RunHead head) {
    return head.asOf(Instant.EPOCH);
  }

  final List<Envelope> events(RunId runId) {
    return log().read(runId, 0, 10_000).stream().map(EventCodec::decode).toList();
  }

  final List<Long> sequences(RunId runId) {
    return events(runId).stream().map(Envelope::seq).toList();
  }

  final List<Event> facts(RunId runId) {
    return events(runId).stream().map(Envelope::event).toList();
  }

  /// The texts of the pieces in a run's log, in order.
  final List<String> texts(RunId runId) {
    return facts(runId).stream()
        .filter(MessageDelta.class::isInstance)
        .map(event -> ((MessageDelta) event).text())
        .toList();
  }

  /// Asserts that a write is refused for the reason, and that the run is as it was before.
  final void assertRefused(Append append, Refusal why) {
    RunHead before = head(append.runId());
    List<Envelope> events = events(append.runId());
    assertThat(log().append(append))
        .isEqualTo(new Appended.Refused(why, before.lastSeq(), before.lease().epoch()));
    assertThat(head(append.runId())).isEqualTo(before);
    assertThat(events(append.runId())).isEqualTo(events);
  }
}
