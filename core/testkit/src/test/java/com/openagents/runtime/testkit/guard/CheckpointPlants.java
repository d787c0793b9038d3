package com.openagents.runtime.testkit.guard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Checkpoints;
import com.openagents.runtime.log.Checkpoints.Checkpoint;
import com.openagents.runtime.testkit.Drafts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Bugs of saved folds.
final class CheckpointPlants {

  private CheckpointPlants() {}

  static List<Plant> all() {
    return Stream.of(replacing(), keeping()).flatMap(List::stream).toList();
  }

  private static List<Plant> replacing() {
    return List.of(
        plant(
            "the latest fold is kept, not the newest",
            "an_older_fold_changes_nothing",
            LatestFolds::new),
        plant(
            "a fold in an older format stays",
            "a_fold_of_the_same_sequence_replaces_one_in_an_older_format",
            honest ->
                new PassedOn(honest) {
                  @Override
                  public void save(RunId runId, Checkpoint fold) {
                    long stored = latest(runId).map(Checkpoint::throughSeq).orElse(0L);
                    if (fold.throughSeq() > stored) {
                      honest.save(runId, fold);
                    }
                  }
                }),
        plant(
            "the first fold is the last",
            "a_newer_fold_replaces_an_older_one",
            honest ->
                new PassedOn(honest) {
                  @Override
                  public void save(RunId runId, Checkpoint fold) {
                    if (latest(runId).isEmpty()) {
                      honest.save(runId, fold);
                    }
                  }
                }),
        plant(
            "of two folds at once the older has the last word",
            "of_concurrent_folds_the_newest_stays",
            OlderLast::new),
        plant(
            "no more than twenty runs have a fold",
            "folds_of_many_runs_that_are_saved_at_the_same_time_are_all_kept",
            honest -> {
              Set<RunId> first = ConcurrentHashMap.newKeySet();
              return new PassedOn(honest) {
                @Override
                public void save(RunId runId, Checkpoint fold) {
                  if (first.contains(runId) || (first.size() < 20 && first.add(runId))) {
                    honest.save(runId, fold);
                  }
                }
              };
            }));
  }

  private static List<Plant> keeping() {
    return List.of(
        plant(
            "there is one place for the folds of all runs",
            "runs_have_folds_of_their_own",
            OnePlace::new),
        state(
            "a fold is kept in Latin letters",
            "the_saved_fold_comes_back_as_it_was",
            state -> new String(state.getBytes(ISO_8859_1), ISO_8859_1)),
        state(
            "a fold is cut at 65,535 characters",
            "a_large_fold_of_a_long_log_comes_back_whole",
            state -> state.substring(0, Math.min(state.length(), 65_535))),
        plant(
            "the sequence of a fold has 32 bits",
            "a_large_fold_of_a_long_log_comes_back_whole",
            honest ->
                saving(
                    honest,
                    c -> new Checkpoint((int) c.throughSeq(), c.format(), c.digest(), c.state()))),
        plant(
            "the format of a fold is not kept",
            "a_fold_of_the_same_sequence_replaces_one_in_an_older_format",
            honest ->
                saving(honest, c -> new Checkpoint(c.throughSeq(), 1, c.digest(), c.state()))));
  }

  private static Plant plant(String bug, String caughtBy, UnaryOperator<Checkpoints> spoiled) {
    return new Plant(
        bug,
        SideSuites.CheckpointStores.class,
        caughtBy,
        planted -> planted.checkpoints = spoiled.apply(planted.checkpoints));
  }

  private static Plant state(String bug, String caughtBy, UnaryOperator<String> kept) {
    return plant(
        bug,
        caughtBy,
        honest ->
            saving(
                honest,
                c ->
                    new Checkpoint(c.throughSeq(), c.format(), c.digest(), kept.apply(c.state()))));
  }

  private static Checkpoints saving(Checkpoints honest, UnaryOperator<Checkpoint> spoiled) {
    return new PassedOn(honest) {
      @Override
      public void save(RunId runId, Checkpoint checkpoint) {
        honest.save(runId, spoiled.apply(checkpoint));
      }
    };
  }

  private static class PassedOn implements Checkpoints {
    final Checkpoints honest;

    PassedOn(Checkpoints honest) {
      this.honest = honest;
    }

    @Override
    public void save(RunId runId, Checkpoint checkpoint) {
      honest.save(runId, checkpoint);
    }

    @Override
    public Optional<Checkpoint> latest(RunId runId) {
      return honest.latest(runId);
    }
  }

  private static final class LatestFolds extends PassedOn {
    private final Map<RunId, Checkpoint> latest = new ConcurrentHashMap<>();

    LatestFolds(Checkpoints honest) {
      super(honest);
    }

    @Override
    public void save(RunId runId, Checkpoint checkpoint) {
      latest.put(runId, checkpoint);
    }

    @Override
    public Optional<Checkpoint> latest(RunId runId) {
      return Optional.ofNullable(latest.get(runId));
    }
  }

  /// Looks and saves in two steps, between which the newer fold came and is lost.
  private static final class OlderLast extends PassedOn {
    private final Meeting<Checkpoint> meeting = new Meeting<>();

    OlderLast(Checkpoints honest) {
      super(honest);
    }

    @Override
    public void save(RunId runId, Checkpoint checkpoint) {
      if (checkpoint.throughSeq() <= meeting.other(checkpoint).throughSeq()) {
        honest.save(runId, checkpoint);
      }
    }
  }

  private static final class OnePlace extends PassedOn {
    private static final RunId PLACE = Drafts.runId(1);

    OnePlace(Checkpoints honest) {
      super(honest);
    }

    @Override
    public void save(RunId runId, Checkpoint checkpoint) {
      honest.save(PLACE, checkpoint);
    }

    @Override
    public Optional<Checkpoint> latest(RunId runId) {
      return honest.latest(PLACE);
    }
  }
}
