package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.AgedRange;
import com.openagents.runtime.log.Ageing;
import com.openagents.runtime.log.RunHead;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Bugs of ageing.
final class AgeingPlants {

  private AgeingPlants() {}

  private static Plant plant(String bug, String caughtBy, UnaryOperator<Ageing> spoiled) {
    return new Plant(
        bug,
        AgeingSuites.AgedPieces.class,
        caughtBy,
        planted -> planted.ageing = spoiled.apply(planted.ageing));
  }

  static List<Plant> all() {
    return Stream.of(removing(), noting(), looking()).flatMap(List::stream).toList();
  }

  private static List<Plant> removing() {
    return List.of(
        plant(
            "what ages is noted, and never removed",
            "what_is_noted_and_removed_is_gone_and_everything_else_stays",
            honest ->
                new PassedOnAgeing(honest) {
                  @Override
                  public int remove(int limit) {
                    return 0;
                  }
                }),
        plant(
            "a piece beyond what was noted goes too",
            "what_is_noted_and_removed_is_gone_and_everything_else_stays",
            honest -> ranges(honest, r -> moved(r, r.from(), r.through() + 1))),
        plant(
            "everything is removed at once",
            "as_much_is_removed_at_once_as_is_asked_for_from_the_beginning_of_a_range",
            honest ->
                new PassedOnAgeing(honest) {
                  @Override
                  public int remove(int limit) {
                    return honest.remove(1_000);
                  }
                }),
        new Plant(
            "whole events age like pieces",
            AgeingSuites.AgedPieces.class,
            "nothing_but_pieces_is_removed_whatever_is_noted",
            AgeingPlants::removingAll));
  }

  private static List<Plant> noting() {
    return List.of(
        plant(
            "a note removes at once",
            "the_floor_stands_where_it_was_noted_before_anything_is_removed",
            honest ->
                new PassedOnAgeing(honest) {
                  @Override
                  public boolean note(Look look) {
                    boolean noted = honest.note(look);
                    honest.remove(1_000);
                    return noted;
                  }
                }),
        plant(
            "the floor lags behind what is noted",
            "the_floor_stands_where_it_was_noted_before_anything_is_removed",
            honest ->
                new PassedOnAgeing(honest) {
                  @Override
                  public boolean note(Look look) {
                    long last = look.ranges().isEmpty() ? 0 : look.ranges().getLast().through();
                    return honest.note(
                        new Look(
                            look.runId(),
                            look.found(),
                            Math.max(look.found(), last),
                            look.ranges(),
                            look.lookedUntil()));
                  }
                }),
        plant(
            "a signature is cut",
            "what_was_signed_for_comes_back_as_it_was_by_sequence",
            honest ->
                ranges(
                    honest,
                    r ->
                        new AgedRange(
                            r.from(), r.through(), r.head(), r.keyId(), "c2ln", r.at()))));
  }

  private static List<Plant> looking() {
    return List.of(
        new Plant(
            "a look is noted whatever the floor is",
            AgeingSuites.AgedPieces.class,
            "a_look_at_a_floor_that_has_moved_since_notes_nothing",
            planted -> planted.ageing = new Heedless(planted.ageing, planted)),
        plant(
            "what cannot be noted counts as noted",
            "a_floor_beyond_the_log_is_not_taken",
            honest ->
                new PassedOnAgeing(honest) {
                  @Override
                  public boolean note(Look look) {
                    boolean _ = honest.note(look);
                    return true;
                  }
                }),
        plant(
            "every run is due at any time",
            "runs_are_due_by_the_first_event_that_was_not_looked_at",
            honest ->
                new PassedOnAgeing(honest) {
                  @Override
                  public List<RunId> due(Duration window, int limit) {
                    return honest.due(Duration.ZERO, limit);
                  }
                }));
  }

  private static AgedRange moved(AgedRange r, long from, long through) {
    return new AgedRange(from, through, r.head(), r.keyId(), r.signature(), r.at());
  }

  private static Ageing ranges(Ageing honest, UnaryOperator<AgedRange> spoiled) {
    return new PassedOnAgeing(honest) {
      @Override
      public boolean note(Look look) {
        List<AgedRange> ranges = look.ranges().stream().map(spoiled).toList();
        return honest.note(
            new Look(look.runId(), look.found(), look.floor(), ranges, look.lookedUntil()));
      }
    };
  }

  /// Hides every event of a noted range once something was removed.
  private static void removingAll(Planted planted) {
    Set<Long> gone = new HashSet<>();
    Set<Long> noted = new HashSet<>();
    planted.ageing =
        new PassedOnAgeing(planted.ageing) {
          @Override
          public boolean note(Look look) {
            for (AgedRange range : look.ranges()) {
              for (long seq = range.from(); seq <= range.through(); seq++) {
                noted.add(seq);
              }
            }
            return honest.note(look);
          }

          @Override
          public int remove(int limit) {
            gone.addAll(noted);
            return honest.remove(limit);
          }
        };
    var log = planted.log;
    planted.log =
        new SpoiledLog(log) {
          @Override
          public List<StoredEvent> read(RunId runId, long after, int limit) {
            return log.read(runId, after, limit).stream()
                .filter(event -> !gone.contains(event.seq()))
                .toList();
          }
        };
  }

  /// Takes the floor that it finds for the one that the look found.
  private static final class Heedless extends PassedOnAgeing {
    private final Planted planted;

    Heedless(Ageing honest, Planted planted) {
      super(honest);
      this.planted = planted;
    }

    @Override
    public boolean note(Look look) {
      Optional<RunHead> head = planted.log.head(look.runId());
      long found = head.map(RunHead::floor).orElse(look.found());
      return honest.note(
          new Look(
              look.runId(),
              found,
              Math.max(found, look.floor()),
              look.ranges(),
              look.lookedUntil()));
    }
  }
}
