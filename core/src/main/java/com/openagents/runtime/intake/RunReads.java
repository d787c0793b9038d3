package com.openagents.runtime.intake;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.RunIndex;
import com.openagents.runtime.log.ThreadLog;
import com.openagents.runtime.run.Utterance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a sender may read: its own runs and threads, or all of them for an operator.
///
/// Another's object is as absent as one that does not exist. Thread-safe; every method may throw
/// [com.openagents.runtime.log.StoreUnavailable].
public final class RunReads {

  private static final int MESSAGES_MAX = 1_000;
  private static final int RUNS_MAX = 20;

  private final EventLog log;
  private final RunIndex index;
  private final ThreadLog threads;

  public RunReads(EventLog log, RunIndex index, ThreadLog threads) {
    this.log = log;
    this.index = index;
    this.threads = threads;
  }

  public Optional<RunHead> head(RunId runId, Sender sender) {
    return log.head(runId).filter(head -> sender.sees(head.owner()));
  }

  /// A page of events in their stored version, or empty when there is no such run for the sender.
  public Optional<EventPage> events(RunId runId, long after, int limit, Sender sender) {
    return head(runId, sender)
        .map(head -> new EventPage(log.read(runId, after, limit), head.lastSeq(), head.floor()));
  }

  /// Pages newest first; an operator that speaks for nobody sees everybody's.
  public List<RunHead> list(RunIndex.Query query, Sender sender) {
    Principal whose = sender.principal();
    return index.list(
        new RunIndex.Query(
            whose, query.threadId(), query.status(), query.agent(), query.before(), query.limit()));
  }

  public Optional<ThreadState> thread(ThreadId threadId, Sender sender) {
    Optional<Principal> owner = threads.owner(threadId);
    if (owner.isEmpty() || !(sender.operator() || owner.get().equals(sender.principal()))) {
      return Optional.empty();
    }
    List<Said> messages = new ArrayList<>();
    for (StoredEvent stored : threads.conversation(threadId, MESSAGES_MAX)) {
      said(EventCodec.decode(stored)).ifPresent(messages::add);
    }
    List<RunHead> runs =
        index.list(new RunIndex.Query(owner.get(), threadId, null, null, null, RUNS_MAX));
    RunId active =
        runs.stream()
            .filter(head -> !head.columns().run().ended())
            .map(RunHead::runId)
            .findFirst()
            .orElse(null);
    return Optional.of(new ThreadState(threadId, active, runs, messages));
  }

  private static Optional<Said> said(Envelope envelope) {
    return Utterance.of(envelope.event())
        .map(said -> new Said(envelope.runId(), envelope.seq(), said, envelope.occurredAt()));
  }

  public record EventPage(List<StoredEvent> events, long head, long floor) {}

  /// @param activeRun the newest run that has not ended, or null
  public record ThreadState(
      ThreadId threadId, @Nullable RunId activeRun, List<RunHead> runs, List<Said> messages) {}

  public record Said(RunId runId, long seq, Utterance utterance, Instant at) {}
}
