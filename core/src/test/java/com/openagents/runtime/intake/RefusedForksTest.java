package com.openagents.runtime.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.ToolEvent.ToolLateResult;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.AgedRange;
import com.openagents.runtime.log.Ageing.Look;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Precondition;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Which forks and starts are not made, and how far the others reach.
class RefusedForksTest {

  private static final RunId FORK = new RunId(new UUID(5, 5));

  private final World world = new World();
  private final Runs runs = world.node().runs();

  private RunId talked() {
    RunId run = world.start(Asked.of("assistant").session(), "hello");
    world.settle();
    return run;
  }

  private Forked fork(RunId run, long atSeq) {
    return runs.fork(new ForkRun(run, atSeq, FORK, null), World.OWNER);
  }

  private static Forked refused(Taken.Why why) {
    return new Forked.Refused(why);
  }

  @Test
  void a_run_of_another_is_as_absent_as_one_that_does_not_exist() {
    RunId run = talked();
    Sender stranger = Sender.owner(new Principal.User(2));

    assertThat(runs.fork(new ForkRun(run, 2, FORK, null), stranger))
        .isEqualTo(refused(Taken.Why.NOT_FOUND));
    assertThat(fork(new RunId(new UUID(9, 9)), 2)).isEqualTo(refused(Taken.Why.NOT_FOUND));
  }

  @Test
  void a_node_without_the_agent_forks_and_starts_none_of_its_runs() {
    RunId run = talked();
    Runs other = world.addNode("node-2", List.of()).runs();
    StartRun start =
        new StartRun(FORK, Asked.of("assistant").spec(), Digest.ofText(""), null, null);

    assertThat(other.fork(new ForkRun(run, 2, FORK, null), World.OWNER))
        .isEqualTo(refused(Taken.Why.UNKNOWN_AGENT));
    assertThat(other.start(start)).isEqualTo(new Taken.Refused(Taken.Why.UNKNOWN_AGENT));
  }

  @Test
  void a_place_behind_the_log_is_ahead_of_it_and_there_is_none_before_the_first() {
    RunId run = talked();
    long last = world.head(run).lastSeq();

    assertThat(fork(run, last + 1)).isEqualTo(new Forked.Ahead(last));
    assertThat(fork(run, last)).isEqualTo(new Forked.Accepted(last, last + 1));
    assertThatIllegalArgumentException().isThrownBy(() -> fork(run, 0));
  }

  @Test
  void the_same_fork_is_made_once_and_its_id_serves_no_other() {
    RunId run = talked();

    assertThat(fork(run, 2)).isEqualTo(new Forked.Accepted(2, 3));
    assertThat(fork(run, 2)).isEqualTo(new Forked.Repeated(2, 3));
    assertThat(fork(run, 3)).isEqualTo(refused(Taken.Why.CONFLICT));
  }

  @Test
  void what_aged_out_cannot_be_copied() {
    RunId run = talked();
    long delta = world.types(run).indexOf("message.delta") + 1L;
    AgedRange gone =
        new AgedRange(delta, delta, Digest.ofText(""), "key", "signature", Instant.EPOCH);
    world.store.ageing().note(new Look(run, 0, delta, List.of(gone), null));
    world.store.ageing().remove(1);

    assertThat(fork(run, delta)).isEqualTo(new Forked.Aged(delta, world.head(run).lastSeq()));
  }

  @Test
  void the_end_of_a_run_is_found_behind_any_number_of_late_results() {
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.settle();
    long end = world.head(run).lastSeq();
    Event.Known late = new ToolLateResult("1.1.0", Json.TRUE);
    world.store.log().append(Append.of(run, Precondition.NONE, Collections.nCopies(200, late)));

    assertThat(fork(run, end + 200)).isEqualTo(new Forked.Accepted(end - 1, end));
  }
}
