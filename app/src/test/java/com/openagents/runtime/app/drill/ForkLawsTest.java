package com.openagents.runtime.app.drill;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The judges are shown a fork with one thing wrong, and name the law.
class ForkLawsTest {

  /// The original up to its first answer.
  private static final int COPIED = 7;

  private static final String MORE = "and more";

  private final PlantedRun original = new PlantedRun();
  private final PlantedRun fork = new PlantedRun(original);

  ForkLawsTest() {
    fork.dealings.forked(COPIED);
    original
        .log
        .subList(0, COPIED)
        .forEach(event ->
            fork.add(PlantedRun.event(event.type(), 0, PlantedRun.fields(event.payload()))));
    fork.add(
        "run.forked", 0, Json.object().put("from", original.runId.toString()).put("atSeq", COPIED));
    fork.say("fork-1", MORE);
    fork.add(PlantedRun.frame("fork-1", MORE));
    fork.add("step.started", 1, Json.object().put("turn", 2));
    fork.add(PlantedRun.answer("2.1.0.1", MORE, 1));
    fork.add("run.completed", 1, Json.object());
    fork.told("2.1.0", MORE);
  }

  private RunEvidence evidence() {
    RunEvidence alone = fork.evidence();
    return new RunEvidence(
        alone.dealings(),
        alone.log(),
        alone.rendered(),
        alone.provider(),
        original.evidence().log());
  }

  private void assertBroken(Law... laws) {
    assertThat(Laws.breaches(evidence())).extracting(Breach::law).containsOnly(laws);
  }

  @Test
  void a_lawful_fork_breaks_no_law() {
    assertThat(Laws.breaches(evidence())).isEmpty();
  }

  @Test
  void another_event_in_the_copy_is_found() {
    fork.log.set(3, PlantedRun.event("run.limit_warning", 0, Json.object()));
    assertBroken(Law.FORK_COPIES);
  }

  @Test
  void another_text_in_the_copy_is_found() {
    fork.log.set(2, PlantedRun.frame("f-1", "changed"));
    assertBroken(Law.FORK_COPIES);
  }

  @Test
  void a_copy_with_one_event_more_is_found() {
    fork.log.add(COPIED, PlantedRun.frame("f-2", PlantedRun.AGAIN));
    assertThat(Laws.breaches(evidence())).extracting(Breach::law).contains(Law.FORK_COPIES);
  }

  @Test
  void a_copy_with_one_event_less_is_found() {
    fork.log.remove(COPIED - 1);
    assertThat(Laws.breaches(evidence())).extracting(Breach::law).contains(Law.FORK_COPIES);
  }

  @Test
  void a_fork_of_which_little_is_left_is_found() {
    List<LoggedEvent> left = new ArrayList<>(fork.log.subList(0, 3));
    fork.log.clear();
    fork.log.addAll(left);
    assertThat(Laws.breaches(evidence())).extracting(Breach::law).contains(Law.FORK_COPIES);
  }

  @Test
  void a_fork_that_does_not_say_where_it_comes_from_is_found() {
    fork.log.set(
        COPIED,
        PlantedRun.event(
            "run.forked",
            0,
            Json.object().put("from", fork.runId.toString()).put("atSeq", COPIED)));
    assertBroken(Law.FORK_COPIES);
  }

  @Test
  void a_fork_that_goes_on_with_what_it_inherits_is_found() {
    fork.log.add(COPIED + 1, PlantedRun.event("step.started", 1, Json.object().put("turn", 1)));
    assertBroken(Law.FORK_INERT);
  }

  @Test
  void a_fork_that_asks_its_model_for_what_it_inherits_is_found() {
    fork.provider.asked(fork.key("1.1.0"), ModelDouble.answerTo(PlantedRun.HELLO));
    assertBroken(Law.FORK_INERT);
  }

  @Test
  void a_frame_of_the_copy_that_is_answered_once_more_is_found() {
    fork.log.add(COPIED + 2, PlantedRun.answer("2.1.0.2", PlantedRun.HELLO, 1));
    assertThat(Laws.breaches(evidence())).extracting(Breach::law).contains(Law.ANSWERED_ONCE);
  }
}
