package com.openagents.runtime.app.drill;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The judges are shown a run with one thing wrong, and name the law.
class LawsTest {

  private final PlantedRun run = new PlantedRun();

  private static void assertBroken(RunEvidence evidence, Law... laws) {
    assertThat(Laws.breaches(evidence)).extracting(Breach::law).containsOnly(laws);
  }

  @Test
  void a_lawful_run_breaks_no_law() {
    assertThat(Laws.breaches(run.evidence())).isEmpty();
  }

  @Test
  void a_lost_start_is_found() {
    run.remove("run.created");
    assertBroken(run.evidence(), Law.START_KEPT);
  }

  @Test
  void a_run_of_which_nothing_is_left_is_found() {
    assertThat(Laws.breaches(run.evidence(List.of())))
        .extracting(Breach::law)
        .contains(Law.START_KEPT, Law.FRAMES_KEPT, Law.ONE_END);
  }

  @Test
  void a_lost_frame_is_found() {
    run.log.removeIf(event -> event.text("frameId").equals("f-2"));
    run.log.removeIf(event -> event.text("messageId").equals("2.1.0.1"));
    assertBroken(run.evidence(), Law.FRAMES_KEPT);
  }

  @Test
  void a_frame_with_another_text_is_found() {
    run.log.replaceAll(
        event -> event.text("frameId").equals("f-1") ? PlantedRun.frame("f-1", "changed") : event);
    assertBroken(run.evidence(), Law.FRAMES_KEPT);
  }

  @Test
  void a_frame_that_is_there_twice_is_found() {
    run.log.add(3, PlantedRun.frame("f-1", PlantedRun.HELLO));
    assertBroken(run.evidence(), Law.FRAMES_ONCE);
  }

  @Test
  void a_frame_that_nobody_sent_is_found() {
    run.log.add(3, PlantedRun.frame("f-9", "who"));
    assertBroken(run.evidence(), Law.FRAMES_ONCE);
  }

  @Test
  void a_lost_frame_of_a_call_is_found() {
    run.dealings.sendsTogether(List.of("f-1", "f-2"));
    run.log.removeIf(event -> event.text("frameId").equals("f-2"));
    run.log.removeIf(event -> event.text("messageId").equals("2.1.0.1"));
    assertBroken(run.evidence(), Law.FRAMES_KEPT);
  }

  @Test
  void frames_of_a_call_that_changed_places_are_found() {
    run.dealings.sendsTogether(List.of("f-1", "f-2"));
    assertThat(Laws.breaches(run.evidence())).isEmpty();
    run.dealings.sendsTogether(List.of("f-2", "f-1"));
    assertBroken(run.evidence(), Law.FRAMES_IN_ORDER);
  }

  @Test
  void a_lost_cancel_is_found() {
    run.dealings.cancelAccepted();
    assertBroken(run.evidence(), Law.CANCEL_KEPT);
  }

  @Test
  void a_gap_is_found() {
    List<LoggedEvent> log = new ArrayList<>(run.evidence().log());
    log.replaceAll(event -> event.seq() > 4 ? PlantedRun.numbered(event, event.seq() + 1) : event);
    assertBroken(run.evidence(log), Law.NO_GAP);
  }

  @Test
  void two_events_at_one_sequence_are_found() {
    List<LoggedEvent> log = new ArrayList<>(run.evidence().log());
    log.add(5, log.get(4));
    assertBroken(run.evidence(log), Law.NO_GAP);
  }

  @Test
  void a_run_without_end_is_found() {
    run.log.removeLast();
    assertBroken(run.evidence(), Law.ONE_END);
  }

  @Test
  void a_second_end_is_found() {
    run.add("run.canceled", 0, Json.object());
    assertBroken(run.evidence(), Law.ONE_END);
  }

  @Test
  void an_event_behind_the_end_is_found() {
    run.add("message.delta", 3, Json.object());
    assertBroken(run.evidence(), Law.ONE_END);
  }

  @Test
  void a_word_of_a_lost_executor_is_found() {
    run.log.add(5, PlantedRun.event("message.delta", 1, Json.object()));
    assertBroken(run.evidence(), Law.FENCED);
  }

  @Test
  void an_epoch_that_falls_is_found() {
    run.log.add(7, PlantedRun.event("message.delta", 2, Json.object()));
    assertBroken(run.evidence(), Law.FENCED);
  }

  @Test
  void a_second_answer_is_found() {
    run.log.add(7, PlantedRun.answer("1.1.0.3", PlantedRun.HELLO, 3));
    assertBroken(run.evidence(), Law.ANSWERED_ONCE);
  }

  @Test
  void a_missing_answer_of_a_completed_run_is_found() {
    run.log.removeIf(event -> event.text("messageId").equals("2.1.0.1"));
    assertBroken(run.evidence(), Law.ANSWERED_ONCE);
  }

  @Test
  void an_answer_that_fits_no_message_is_found() {
    run.log.add(7, PlantedRun.answer("1.1.0.3", "what nobody said", 3));
    assertBroken(run.evidence(), Law.ANSWERED_ONCE, Law.SAID_BY_MODEL);
  }

  @Test
  void an_answer_that_the_provider_never_finished_is_found() {
    run.provider.asked(run.key("3.1.0"), ModelDouble.answerTo(PlantedRun.AGAIN));
    run.log.replaceAll(event ->
        event.text("messageId").equals("2.1.0.1")
            ? PlantedRun.answer("3.1.0.1", PlantedRun.AGAIN, 3)
            : event);
    assertBroken(run.evidence(), Law.SAID_BY_MODEL);
  }

  @Test
  void a_model_that_is_asked_too_often_is_found() {
    for (int i = 0; i < 9; i++) {
      run.provider.asked(run.key("2.1.0"), ModelDouble.answerTo(PlantedRun.AGAIN));
    }
    assertBroken(run.evidence(), Law.ASKED_IN_BOUNDS);
  }

  @Test
  void nodes_that_tell_different_bytes_are_found() {
    run.differAtTheSecondNode();
    assertBroken(run.evidence(), Law.SAME_BYTES);
  }

  @Test
  void a_reader_with_other_bytes_is_found() {
    run.dealings.followed(new Dealings.Followed(Blocks.AI_SDK, "data: {}\n\ndata: {}\n\n"));
    assertBroken(run.evidence(), Law.SAME_BYTES);
  }

  @Test
  void a_stream_that_is_not_the_log_is_found() {
    RunEvidence evidence = run.evidence();
    List<LoggedEvent> log = new ArrayList<>(evidence.log());
    log.set(3, PlantedRun.numbered(PlantedRun.event("step.started", 2, Json.object()), 4));
    assertBroken(
        new RunEvidence(run.dealings, log, evidence.rendered(), run.provider, List.of()),
        Law.STREAM_IS_LOG);
  }
}
