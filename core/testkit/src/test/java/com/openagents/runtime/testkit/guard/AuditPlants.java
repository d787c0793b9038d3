package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.access.Audit;
import com.openagents.runtime.access.Audit.Entry;
import com.openagents.runtime.access.Audit.Row;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Bugs of the record of operators' deeds.
final class AuditPlants {

  private AuditPlants() {}

  static List<Plant> all() {
    return Stream.of(recording(), rows(), pages()).flatMap(List::stream).toList();
  }

  private static List<Plant> recording() {
    return List.of(
        recorded(
            "the reason of a deed is not kept",
            e -> new Entry(e.actor(), e.action(), e.subject(), null, e.before(), e.after())),
        recorded(
            "what was before and what came after change places",
            e -> new Entry(e.actor(), e.action(), e.subject(), e.reason(), e.after(), e.before())),
        plant(
            "a deed that was done before is not recorded again",
            "the_same_deed_twice_is_two_deeds",
            planted -> {
              Set<Entry> known = new HashSet<>();
              return new PassedOn(planted.audit) {
                @Override
                public void record(Entry entry) {
                  if (known.add(entry)) {
                    honest.record(entry);
                  }
                }
              };
            }),
        plant(
            "of two deeds at once one is lost",
            "concurrent_deeds_are_all_recorded",
            planted -> new LostDeeds(planted.audit)));
  }

  private static List<Plant> rows() {
    return List.of(
        plant(
            "the audit is listed oldest first",
            "lists_the_newest_first_with_falling_numbers",
            planted -> listed(planted.audit, List::reversed)),
        plant(
            "deeds of one second have one number",
            "lists_the_newest_first_with_falling_numbers",
            planted ->
                shown(planted.audit, r -> new Row(r.at().getEpochSecond(), r.at(), r.entry()))),
        plant(
            "a deed is as old as the look at it",
            "a_row_keeps_the_time_at_which_its_deed_was_recorded",
            planted -> shown(planted.audit, r -> new Row(r.number(), planted.now(), r.entry()))));
  }

  private static List<Plant> pages() {
    return List.of(
        plant(
            "a page of the audit repeats the row that it begins before",
            "pages_follow_each_other_without_overlap_or_gap",
            planted -> paged(planted.audit, 1, 0)),
        plant(
            "a page of the audit leaves out the row that it begins with",
            "pages_follow_each_other_without_overlap_or_gap",
            planted -> paged(planted.audit, -1, 0)),
        plant(
            "a page of the audit is one row too long",
            "pages_follow_each_other_without_overlap_or_gap",
            planted -> paged(planted.audit, 0, 1)));
  }

  private static Plant plant(String bug, String caughtBy, Function<Planted, Audit> spoiled) {
    return new Plant(
        bug, SideSuites.Audits.class, caughtBy, planted -> planted.audit = spoiled.apply(planted));
  }

  private static Plant recorded(String bug, UnaryOperator<Entry> recorded) {
    return plant(
        bug,
        "a_deed_comes_back_as_it_was_recorded",
        planted ->
            new PassedOn(planted.audit) {
              @Override
              public void record(Entry entry) {
                honest.record(recorded.apply(entry));
              }
            });
  }

  private static Audit shown(Audit honest, UnaryOperator<Row> shown) {
    return listed(honest, rows -> rows.stream().map(shown).toList());
  }

  private static Audit listed(Audit honest, UnaryOperator<List<Row>> listed) {
    return new PassedOn(honest) {
      @Override
      public List<Row> list(@Nullable Long before, int limit) {
        return listed.apply(honest.list(before, limit));
      }
    };
  }

  private static Audit paged(Audit honest, int later, int more) {
    return new PassedOn(honest) {
      @Override
      public List<Row> list(@Nullable Long before, int limit) {
        return honest.list(before == null ? null : before + later, limit + more);
      }
    };
  }

  private static class PassedOn implements Audit {
    final Audit honest;

    PassedOn(Audit honest) {
      this.honest = honest;
    }

    @Override
    public void record(Entry entry) {
      honest.record(entry);
    }

    @Override
    public List<Row> list(@Nullable Long before, int limit) {
      return honest.list(before, limit);
    }
  }

  /// Two read the record as it is, and each writes it back with its own deed.
  private static final class LostDeeds extends PassedOn {
    private final Meeting<Entry> meeting = new Meeting<>();

    LostDeeds(Audit honest) {
      super(honest);
    }

    @Override
    public void record(Entry entry) {
      if (entry.subject().compareTo(meeting.other(entry).subject()) >= 0) {
        honest.record(entry);
      }
    }
  }
}
