package com.openagents.runtime.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.intake.ForkRun;
import com.openagents.runtime.intake.Forked;
import com.openagents.runtime.intake.Runs;
import com.openagents.runtime.intake.Sender;
import com.openagents.runtime.intake.Starter;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.testkit.Drafts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// How many forks are made at once.
class ForksAtOnceTest {

  private static final int ASKED = 5;

  private final InMemoryStore store = new InMemoryStore(new VirtualTime(World.START));
  private final Runs runs =
      new Runs(
          new ForkedMeanwhile(store.log()), AgentPrograms.builtIn(), store.blobs(), Starter.ALONE);
  private final List<Forked> outcomes = new ArrayList<>();
  private int asked;

  /// While a fork is made, the next one is asked for.
  private final class ForkedMeanwhile implements EventLog {

    private final EventLog log;

    ForkedMeanwhile(EventLog log) {
      this.log = log;
    }

    @Override
    public List<Appended> append(List<Append> batch) {
      if (asked < ASKED) {
        forkAnother();
      }
      return log.append(batch);
    }

    @Override
    public List<StoredEvent> read(RunId runId, long after, int limit) {
      return log.read(runId, after, limit);
    }

    @Override
    public List<StoredEvent> readDurable(RunId runId, long after, int limit) {
      return log.readDurable(runId, after, limit);
    }

    @Override
    public Optional<RunHead> head(RunId runId) {
      return log.head(runId);
    }
  }

  private void forkAnother() {
    asked++;
    RunId fork = Drafts.runId(1 + asked);
    outcomes.add(
        runs.fork(new ForkRun(Drafts.runId(1), 1, fork, null), Sender.owner(Drafts.OWNER)));
  }

  @Test
  void two_forks_are_made_at_once_and_a_third_finds_no_place_until_one_is_done() {
    store.log().append(Drafts.start(Drafts.runId(1)));
    forkAnother();
    assertThat(outcomes)
        .containsExactly(new Forked.Busy(), new Forked.Accepted(1, 2), new Forked.Accepted(1, 2));
    forkAnother();
    assertThat(outcomes).endsWith(new Forked.Accepted(1, 2));
  }
}
