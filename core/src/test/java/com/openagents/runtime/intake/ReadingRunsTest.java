package com.openagents.runtime.intake;

import static com.openagents.runtime.engine.ScriptedModels.ends;
import static com.openagents.runtime.engine.ScriptedModels.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.engine.Agents;
import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.RunEvent.RunStarted;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.intake.RunReads.EventPage;
import com.openagents.runtime.intake.RunReads.RunView;
import com.openagents.runtime.intake.RunReads.Said;
import com.openagents.runtime.intake.RunReads.ThreadState;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.ClaimCheck;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.RunIndex;
import com.openagents.runtime.run.OpenTools;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What a sender may read, and what it is told.
class ReadingRunsTest {

  private static final Sender STRANGER = Sender.owner(new Principal.User(2));
  private static final Sender OPERATOR = new Sender(null, true);
  private static final ThreadId THREAD = new ThreadId("thread-1");
  private static final String LARGE = "x".repeat(ClaimCheck.INLINE_MAX + 1);

  private final World world =
      new World(
          Agents.once(
              "careful",
              new Intent.RequestApproval("deploy", Json.Obj.EMPTY, Duration.ofMinutes(15))));

  private final RunReads reads =
      new RunReads(
          world.store.log(),
          world.store.index(),
          world.store.threads(),
          world.store.checkpoints(),
          world.store.blobs());

  private RunId talked() {
    RunId run = world.start(Asked.of("assistant").session(), "hello");
    world.settle();
    return run;
  }

  @Test
  void anothers_run_and_thread_are_as_absent_as_what_does_not_exist() {
    RunId run = talked();
    RunId nobodys = new RunId(new UUID(1, 1));

    assertThat(reads.head(run, STRANGER)).isEmpty();
    assertThat(reads.view(run, STRANGER)).isEmpty();
    assertThat(reads.events(run, 0, 10, STRANGER)).isEmpty();
    assertThat(reads.event(run, 1, STRANGER)).isEmpty();
    assertThat(reads.thread(THREAD, STRANGER)).isEmpty();
    assertThat(reads.activity(THREAD, STRANGER)).isEmpty();
    assertThat(reads.view(nobodys, World.OWNER)).isEmpty();
    assertThat(reads.thread(new ThreadId("another"), World.OWNER)).isEmpty();
  }

  @Test
  void an_operator_reads_everybodys() {
    RunId run = talked();

    assertThat(reads.view(run, OPERATOR)).isPresent();
    assertThat(reads.thread(THREAD, OPERATOR)).isPresent();
    assertThat(list(OPERATOR)).containsExactly(run);
    assertThat(list(World.OWNER)).containsExactly(run);
    assertThat(list(STRANGER)).isEmpty();
  }

  private List<RunId> list(Sender sender) {
    return reads.list(new RunIndex.Query(null, null, null, null, null, 10), sender).stream()
        .map(RunHead::runId)
        .toList();
  }

  @Test
  void nobody_asks_without_being_anybody() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Sender(null, false));
  }

  @Test
  void a_run_is_shown_with_what_its_log_amounts_to() {
    RunId run = talked();
    RunView view = reads.view(run, World.OWNER).orElseThrow();

    assertThat(view.head()).isEqualTo(world.head(run));
    assertThat(view.state()).isEqualTo(world.state(run));
    assertThat(view.openTools()).isEmpty();
  }

  @Test
  void what_waits_for_approval_is_shown_with_where_it_began() {
    RunId run = world.start(Asked.of("careful").session(), "hello");
    world.settle();
    long asked = world.types(run).indexOf("tool.approval_requested") + 1L;

    assertThat(reads.view(run, World.OWNER).orElseThrow().openTools())
        .containsExactly(new OpenTools.Open("1.1.0", "deploy", asked, true));
  }

  @Test
  void a_run_whose_log_is_damaged_is_shown_without_its_state() {
    RunId run = talked();
    var odd = new RunStarted(new NodeId("node-9"));
    world.store.log().append(Append.of(run, Precondition.NONE, List.of(odd)));
    RunView view = reads.view(run, World.OWNER).orElseThrow();

    assertThat(view.head().runId()).isEqualTo(run);
    assertThat(view.state()).isNull();
  }

  @Test
  void events_come_in_pages_that_say_where_the_log_ends() {
    RunId run = talked();
    long last = world.head(run).lastSeq();
    EventPage page = reads.events(run, 1, 2, World.OWNER).orElseThrow();

    assertThat(page.events()).extracting(StoredEvent::seq).containsExactly(2L, 3L);
    assertThat(page.head()).isEqualTo(last);
    assertThat(page.floor()).isZero();
  }

  @Test
  void an_event_is_shown_with_all_of_its_content() {
    RunId run = world.start(Asked.of("assistant").session(), "hello");
    world.model.answers(says(LARGE), ends());
    world.settle();
    long said = world.types(run).indexOf("message.completed") + 1L;

    assertThat(reads.event(run, said, World.OWNER))
        .hasValueSatisfying(envelope -> {
          assertThat(envelope.seq()).isEqualTo(said);
          assertThat(((MessageCompleted) envelope.event()).text()).isEqualTo(LARGE);
        });
    assertThat(reads.event(run, world.head(run).lastSeq() + 1, World.OWNER)).isEmpty();
  }

  @Test
  void a_thread_is_told_in_the_order_in_which_it_was_said() {
    RunId run = world.start(Asked.of("assistant").session(), "hello");
    world.settle();
    world.say(run, "and again");
    world.settle();
    ThreadState thread = reads.thread(THREAD, World.OWNER).orElseThrow();

    assertThat(thread.threadId()).isEqualTo(THREAD);
    assertThat(thread.activeRun()).isEqualTo(run);
    assertThat(thread.runs()).extracting(RunHead::runId).containsExactly(run);
    assertThat(thread.messages())
        .extracting(said -> said.utterance().text())
        .containsExactly("hello", "ok", "and again", "ok");
    assertThat(thread.messages()).extracting(Said::seq).isSorted().startsWith(2L);
  }
}
