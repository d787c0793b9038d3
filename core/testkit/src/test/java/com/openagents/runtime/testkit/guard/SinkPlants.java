package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.testkit.guard.LooseSink.Flaw;
import com.openagents.runtime.testkit.guard.ProjectionSuites.Sinks;
import java.util.List;
import java.util.stream.Stream;

/// Bugs of a sink.
final class SinkPlants {

  private static final String FENCED = "nothing_is_written_under_an_epoch_that_is_over";
  private static final String SWEPT =
      "a_sweep_removes_what_is_of_lower_generations_and_nothing_else";
  private static final String REPEATED = "what_is_delivered_again_changes_nothing";
  private static final String PAGES = "pages_are_in_the_order_of_ids_by_code_points";
  private static final String GENERATION = "a_new_generation_replaces_whatever_is_there";

  private static final String STANDS =
      "a_stream_moves_on_with_what_is_written_and_says_where_it_stands";

  private SinkPlants() {}

  static List<Plant> all() {
    return Stream.of(guard(), removal(), epochs(), reading()).flatMap(List::stream).toList();
  }

  private static List<Plant> guard() {
    return List.of(
        plant("a sink writes what is older", Flaw.NO_GUARD, "a_document_never_goes_back"),
        plant("a sink knows no generations", Flaw.GENERATION_IGNORED, GENERATION),
        plant("a sink takes a repetition for stale", Flaw.SEQ_MUST_RISE, REPEATED),
        plant("a sink says of a repetition that it was applied", Flaw.ALWAYS_APPLIED, REPEATED),
        plant(
            "a sink knows no versions",
            Flaw.VERSION_IGNORED,
            "a_newer_version_of_the_same_place_is_written"),
        plant(
            "a sink does not compare hashes",
            Flaw.HASH_IGNORED,
            "another_text_of_the_same_place_is_replaced_and_told"),
        plant(
            "a sink tells outcomes from the end",
            Flaw.OUTCOMES_TURNED,
            "outcomes_come_in_the_order_of_changes"),
        plant("a new generation begins with nothing", Flaw.BEGIN_WIPES, GENERATION),
        plant(
            "a sink says that it is in whatever generation it is asked for",
            Flaw.SAYS_WHAT_WAS_ASKED,
            "a_sink_says_that_it_is_in_a_higher_generation_and_stays_there"),
        plant(
            "a generation is that of every projection",
            Flaw.GENERATION_SHARED,
            "projections_have_nothing_to_do_with_each_other"));
  }

  private static List<Plant> removal() {
    return List.of(
        plant(
            "what a sink deleted is unknown to it",
            Flaw.NO_TOMBSTONE,
            "what_is_deleted_comes_back_only_by_something_newer"),
        plant(
            "a sink deletes what has moved on",
            Flaw.DELETES_ALWAYS,
            "what_has_moved_on_is_not_deleted"),
        plant("a sink deletes nothing", Flaw.DELETES_NOTHING, "what_is_deleted_is_shown_no_more"),
        plant("a sweep removes the present generation", Flaw.SWEEPS_EARLY, SWEPT),
        plant("a sweep removes of every projection", Flaw.SWEEPS_OTHERS, SWEPT));
  }

  private static List<Plant> epochs() {
    return List.of(
        plant("a sink knows no epochs", Flaw.NO_EPOCH, FENCED),
        plant("anybody may sweep a sink", Flaw.NO_EPOCH_AT_SWEEP, FENCED),
        plant("anybody may begin a generation", Flaw.NO_EPOCH_AT_BEGIN, FENCED),
        plant("a former writer may open a sink", Flaw.LOWER_EPOCH_OPENS, FENCED),
        plant("a sink does not say in which epoch it is", Flaw.SILENT_OF_EPOCH, FENCED),
        plant(
            "a sink is opened once for an epoch",
            Flaw.EPOCH_MUST_RISE,
            "a_writer_may_open_again_what_it_has_opened"),
        plant(
            "a sink forgets what it had when it is opened",
            Flaw.FORGETS_AT_OPEN,
            "a_writer_may_open_again_what_it_has_opened"),
        plant(
            "a stream moves before that is said",
            Flaw.MOVES_UNSAID,
            "where_a_stream_will_stand_is_said_before_it_moves"),
        plant("a stream stands still", Flaw.STANDS_STILL, STANDS),
        plant("all streams move together", Flaw.STANDS_TOGETHER, STANDS),
        plant("a stream begins anew with its generation", Flaw.STANDS_ANEW_WHEN_BEGUN, STANDS));
  }

  private static List<Plant> reading() {
    return List.of(
        plant("pages of a sink come from their end", Flaw.PAGES_TURNED, PAGES),
        plant("pages of a sink begin with what was seen", Flaw.PAGES_REPEAT, PAGES),
        plant(
            "a page of a sink counts what was deleted",
            Flaw.PAGES_COUNT_DELETED,
            "a_page_is_full_though_documents_before_it_were_deleted"),
        plant("a sink reads what nobody asked for", Flaw.READS_ALL, "what_is_delivered_is_shown"));
  }

  private static Plant plant(String bug, Flaw flaw, String caughtBy) {
    return new Plant(
        bug, Sinks.class, caughtBy, planted -> planted.sink = new LooseSink("loose", flaw));
  }
}
