package com.openagents.runtime.intake;

import com.openagents.runtime.event.CorruptEvent;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.Blobs;
import com.openagents.runtime.log.Checkpoints;
import com.openagents.runtime.log.ClaimCheck;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.RunIndex;
import com.openagents.runtime.log.RunStates;
import com.openagents.runtime.log.SavedFolds;
import com.openagents.runtime.log.ThreadLog;
import com.openagents.runtime.run.CorruptLog;
import com.openagents.runtime.run.OpenTools;
import com.openagents.runtime.run.OpenTurn;
import com.openagents.runtime.run.RunState;
import com.openagents.runtime.run.Utterance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a sender may read: its own runs and threads, or all of them for an operator.
///
/// Another's object is as absent as one that does not exist. Thread-safe; every method may throw
/// [com.openagents.runtime.log.StoreUnavailable].
public final class RunReads {

  private static final Logger LOG = LoggerFactory.getLogger(RunReads.class);
  private static final int PAGE = 1_000;
  private static final int PAGE_CHARS = 1 << 20;
  private static final int STEP = 32;
  private static final int MESSAGES_MAX = 1_000;
  private static final int RUNS_MAX = 20;

  private final EventLog log;
  private final RunIndex index;
  private final ThreadLog threads;
  private final Checkpoints checkpoints;
  private final ClaimCheck claims;

  public RunReads(
      EventLog log, RunIndex index, ThreadLog threads, Checkpoints checkpoints, Blobs blobs) {
    this.log = log;
    this.index = index;
    this.threads = threads;
    this.checkpoints = checkpoints;
    this.claims = new ClaimCheck(blobs);
  }

  public Optional<RunHead> head(RunId runId, Sender sender) {
    return log.head(runId).filter(head -> sender.sees(head.owner()));
  }

  /// A run with what its log amounts to; the log of a long run is read from a checkpoint on.
  public Optional<RunView> view(RunId runId, Sender sender) {
    return head(runId, sender).map(this::view);
  }

  private RunView view(RunHead head) {
    try {
      RunState state = state(head);
      return new RunView(head, state, mayHaveTools(state) ? openTools(head.runId()) : List.of());
    } catch (CorruptLog | CorruptEvent e) {
      LOG.warn("the log of {} cannot be folded: {}", head.runId(), e.getMessage());
      return new RunView(head, null, List.of());
    }
  }

  private RunState state(RunHead head) {
    RunState saved = SavedFolds.latest(checkpoints, head.runId());
    RunState from = saved.lastSeq() <= head.lastSeq() ? saved : RunState.ABSENT;
    return RunStates.read(log, head.runId(), from);
  }

  /// The fold knows which step waits; only then is the log read for where each call began.
  private static boolean mayHaveTools(RunState state) {
    OpenTurn open = state.open();
    return open != null
        && (!open.lastStep().approvals().isEmpty()
            || open.lastStep().intents().stream().anyMatch(i -> i.kind().equals("call_tool")));
  }

  private List<OpenTools.Open> openTools(RunId runId) {
    OpenTools tools = new OpenTools();
    long after = 0;
    List<StoredEvent> page;
    do {
      page = log.readDurable(runId, after, PAGE);
      page.forEach(stored -> tools.apply(EventCodec.decode(stored)));
      after = page.isEmpty() ? after : page.getLast().seq();
    } while (page.size() == PAGE);
    return tools.list();
  }

  /// A page of events in their stored version, or empty when there is no such run for the sender.
  /// One of large events has fewer of them than the limit.
  public Optional<EventPage> events(RunId runId, long after, int limit, Sender sender) {
    return head(runId, sender)
        .map(head -> new EventPage(page(runId, after, limit), head.lastSeq(), head.floor()));
  }

  /// Reads a few events at a time, so that hardly more is in memory than a page may hold.
  private List<StoredEvent> page(RunId runId, long after, int limit) {
    List<StoredEvent> page = new ArrayList<>();
    long chars = 0;
    boolean more = true;
    while (more && page.size() < limit && chars < PAGE_CHARS) {
      int wanted = Math.min(STEP, limit - page.size());
      long last = page.isEmpty() ? after : page.getLast().seq();
      List<StoredEvent> some = log.read(runId, last, wanted);
      chars += some.stream().mapToLong(event -> event.payload().length()).sum();
      page.addAll(some);
      more = some.size() == wanted;
    }
    return page;
  }

  /// One event with all of its content, also what is kept beside the log; empty when there is no
  /// such event for the sender.
  public Optional<Envelope> event(RunId runId, long seq, Sender sender) {
    return head(runId, sender)
        .flatMap(_ -> log.read(runId, seq - 1, 1).stream().findFirst())
        .filter(stored -> stored.seq() == seq)
        .map(claims::decode);
  }

  /// Pages newest first; an operator that speaks for nobody sees everybody's.
  public List<RunHead> list(RunIndex.Query query, Sender sender) {
    Principal whose = sender.principal();
    return index.list(
        new RunIndex.Query(
            whose, query.threadId(), query.status(), query.agent(), query.before(), query.limit()));
  }

  public Optional<ThreadState> thread(ThreadId threadId, Sender sender) {
    return owner(threadId, sender).map(owner -> thread(threadId, owner));
  }

  private ThreadState thread(ThreadId threadId, Principal owner) {
    List<Said> messages = new ArrayList<>();
    for (StoredEvent stored : threads.conversation(threadId, MESSAGES_MAX)) {
      said(EventCodec.decode(stored)).ifPresent(messages::add);
    }
    RunId active = index.active(threadId).map(RunHead::runId).orElse(null);
    List<RunHead> runs =
        index.list(new RunIndex.Query(owner, threadId, null, null, null, RUNS_MAX));
    return new ThreadState(threadId, active, runs, messages);
  }

  /// What a thread is doing, or empty when there is no such thread for the sender.
  public Optional<ThreadActivity> activity(ThreadId threadId, Sender sender) {
    return owner(threadId, sender)
        .map(_ -> new ThreadActivity(index.active(threadId).orElse(null)));
  }

  private Optional<Principal> owner(ThreadId threadId, Sender sender) {
    return threads.owner(threadId).filter(sender::sees);
  }

  private static Optional<Said> said(Envelope envelope) {
    return Utterance.of(envelope.event())
        .map(said -> new Said(envelope.runId(), envelope.seq(), said, envelope.occurredAt()));
  }

  /// @param state the fold of the log, or null when the log is damaged
  /// @param openTools the tool calls that have not ended, longest open first
  public record RunView(RunHead head, @Nullable RunState state, List<OpenTools.Open> openTools) {}

  public record EventPage(List<StoredEvent> events, long head, long floor) {}

  /// @param activeRun the newest run that has not ended, or null
  public record ThreadState(
      ThreadId threadId, @Nullable RunId activeRun, List<RunHead> runs, List<Said> messages) {}

  /// @param run the newest run that has not ended, or null
  public record ThreadActivity(@Nullable RunHead run) {}

  public record Said(RunId runId, long seq, Utterance utterance, Instant at) {}
}
