package com.openagents.runtime.execution;

import com.openagents.runtime.agent.AgentProgram;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.run.RunFold;
import com.openagents.runtime.run.RunState;
import com.openagents.runtime.run.Utterance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Joins the write that starts a run with the first step of its executor: what a turn does with the
/// new log is decided before the log is there, so that one commit holds both.
///
/// Thread-safe.
public final class Openings {

  private static final Logger LOG = LoggerFactory.getLogger(Openings.class);

  private final ExecutionPorts ports;
  private final StoreTime time;

  public Openings(ExecutionPorts ports, StoreTime time) {
    this.ports = ports;
    this.time = time;
  }

  /// What a start may be joined with; empty when the run is better left to be taken like any other:
  /// this node lacks its program or does not know the store's time, the store does not answer, or
  /// the agent fails, which is then told where its failures are counted.
  ///
  /// @param creation a write that starts a run
  public Optional<Opening> of(Append creation) {
    RunSpec spec = ((RunCreated) creation.events().getFirst()).spec();
    if (!time.known()) {
      return Optional.empty();
    }
    try {
      return ports
          .programs()
          .continuing(spec.agent())
          .flatMap(program -> charter(creation, spec, program))
          .flatMap(charter -> joined(creation, charter));
    } catch (StoreUnavailable e) {
      LOG.debug("{} is started without its first step: {}", creation.runId(), e.getMessage());
      return Optional.empty();
    } catch (RuntimeException | StackOverflowError e) {
      return failed(creation, e);
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Error e) {
      return failed(creation, e);
    }
  }

  private static Optional<Opening> failed(Append creation, Throwable e) {
    LOG.debug("{} is started without its first step, which failed", creation.runId(), e);
    return Optional.empty();
  }

  /// Empty when the thread is another's: its words are not the agent's to see, and the store will
  /// refuse the start.
  private Optional<Charter> charter(Append creation, RunSpec spec, AgentProgram program) {
    List<Utterance> earlier = Earlier.of(ports.threads(), spec.threadId(), creation.runId());
    boolean own =
        earlier.isEmpty()
            || ports.threads().owner(spec.threadId()).filter(spec.owner()::equals).isPresent();
    return own
        ? Optional.of(
            new Charter(
                creation.runId(),
                ports.settings().node(),
                Append.FIRST_EPOCH,
                time.now(),
                ports.settings().leaseTtl(),
                program,
                earlier))
        : Optional.empty();
  }

  private Optional<Opening> joined(Append creation, Charter charter) {
    RunState created = RunFold.fold(RunState.ABSENT, envelopes(creation, charter.since()));
    Turn turn = Turn.begin(charter, ports.settings().limits(), created);
    Situation at = new Situation(charter.since(), 0, false);
    return turn.act(new Happened.Begun(), at).effect() instanceof Effect.Write(Append first)
        ? Optional.of(new Opening(join(creation, first), new Execution(ports, time, charter)))
        : Optional.empty();
  }

  private Append join(Append creation, Append first) {
    LeaseChange taken =
        first.lease() instanceof LeaseChange.Release
            ? LeaseChange.VISIT
            : new LeaseChange.Acquire(ports.settings().node(), ports.settings().leaseTtl());
    Append joined = creation.acting(taken, first.events()).with(first.wake());
    return first.columns() == null ? joined : joined.with(first.columns());
  }

  /// The log of a run after the write that starts it.
  static List<Envelope> envelopes(Append start, Instant at) {
    List<Envelope> log = new ArrayList<>();
    for (int i = 0; i < start.events().size(); i++) {
      log.add(
          new Envelope(
              start.runId(), i + 1L, start.events().get(i), at, start.traceId(), start.epochOf(i)));
    }
    return log;
  }
}
