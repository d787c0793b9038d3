package com.openagents.runtime.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.intake.ForkRun;
import com.openagents.runtime.intake.Forked;
import com.openagents.runtime.intake.Runs;
import com.openagents.runtime.intake.Sender;
import com.openagents.runtime.intake.Starter;
import com.openagents.runtime.intake.Taken;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.testkit.Drafts;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How much a fork copies, and whose.
class LongForksTest {

  private static final Sender OWNER = Sender.owner(Drafts.OWNER);
  private static final int MOST = 100_000;

  private final InMemoryStore store = new InMemoryStore(new VirtualTime(World.START));
  private final Runs runs =
      new Runs(store.log(), AgentPrograms.builtIn(), store.blobs(), Starter.ALONE);

  private Forked fork(long atSeq, Sender sender) {
    return runs.fork(new ForkRun(Drafts.runId(1), atSeq, Drafts.runId(2), null), sender);
  }

  @Test
  void a_fork_copies_so_many_events_and_no_more() {
    store.log().append(Drafts.start(Drafts.runId(1)));
    store
        .log()
        .append(
            Drafts.deltas(Drafts.runId(1), Precondition.NONE, Collections.nCopies(MOST, "piece")));
    assertThat(fork(MOST + 1, OWNER)).isEqualTo(new Forked.TooLong(MOST));
    assertThat(store.log().head(Drafts.runId(2))).isEmpty();
    assertThat(fork(MOST, OWNER)).isEqualTo(new Forked.Accepted(MOST, MOST + 1));
  }

  @Test
  void a_fork_copies_so_many_bytes_and_no_more() {
    store.log().append(Drafts.start(Drafts.runId(1)));
    store
        .log()
        .append(
            Drafts.deltas(
                Drafts.runId(1), Precondition.NONE, Collections.nCopies(64, "x".repeat(1 << 20))));
    assertThat(fork(65, OWNER)).isEqualTo(new Forked.TooLarge(64 << 20));
    assertThat(fork(64, OWNER)).isEqualTo(new Forked.Accepted(64, 65));
  }

  @Test
  void a_run_whose_agent_nobody_has_is_not_forked() {
    store.log().append(Drafts.start(Drafts.runId(1)));
    Runs without =
        new Runs(store.log(), new AgentPrograms(List.of()), store.blobs(), Starter.ALONE);
    assertThat(without.fork(new ForkRun(Drafts.runId(1), 1, Drafts.runId(2), null), OWNER))
        .isEqualTo(new Forked.Refused(Taken.Why.UNKNOWN_AGENT));
  }

  @Test
  void a_stranger_finds_nothing_to_fork_and_an_operator_forks_for_the_owner() {
    store.log().append(Drafts.start(Drafts.runId(1)));
    assertThat(fork(1, Sender.owner(Drafts.STRANGER)))
        .isEqualTo(new Forked.Refused(Taken.Why.NOT_FOUND));
    assertThat(fork(1, new Sender(Drafts.STRANGER, true))).isEqualTo(new Forked.Accepted(1, 2));
    assertThat(store.log().head(Drafts.runId(2)).orElseThrow().owner()).isEqualTo(Drafts.OWNER);
  }
}
