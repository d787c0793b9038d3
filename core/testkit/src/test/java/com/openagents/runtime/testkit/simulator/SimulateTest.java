package com.openagents.runtime.testkit.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.ProjectionSink.Outcome;
import com.openagents.runtime.testkit.simulator.SimulateOptions.Subject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the command `simulate` does and says.
class SimulateTest {

  private final List<String> said = new ArrayList<>();
  private Instant now = Instant.EPOCH;
  private Plays plays = new Plays();
  private ProjectionBug bug = ProjectionBug.NONE;

  private int lookSeconds = 1;

  /// On a clock on which each look takes some time.
  private int simulate(String... arguments) {
    InstantSource slow = () -> now = now.plusSeconds(lookSeconds);
    Function<Subject, Playing> playing =
        subject ->
            subject == Subject.ENGINE
                ? new EnginePlaying(plays)
                : new ProjectionPlaying(seed -> new ProjectionSimulation(seed, bug));
    return Simulate.run(playing, slow, said::add, arguments);
  }

  private String all() {
    return String.join("\n", said);
  }

  @Test
  void so_many_seeds_are_played_and_summed_up() {
    assertThat(simulate("--from", "11", "--seeds", "20")).isZero();
    assertThat(all())
        .startsWith("seeds 11 to 30\n20 plays of ")
        .containsPattern("0\\.\\d simulated hours: [\\d,]+ steps, [\\d,]+ calls of ports")
        .containsPattern("runs by end: COMPLETED \\d+, .*CANCELED \\d+")
        .containsPattern("faults: .*CRASH_BEFORE \\d+, .*WAKE_LOST \\d+")
        .endsWith("plays/s");
  }

  @Test
  void projections_are_played_and_summed_up() {
    assertThat(simulate("projections", "--from", "11", "--seeds", "20")).isZero();
    assertThat(all())
        .startsWith("seeds 11 to 30\n20 plays of projections, of ")
        .containsPattern(
            "\\d\\.\\d simulated hours: [\\d,]+ steps\n[\\d,]+ faults: CRASH_BEFORE \\d")
        .endsWith("plays/s");
  }

  @Test
  void one_play_of_projections_is_shown_with_its_schedule() {
    assertThat(simulate("projections", "--seed", "7")).isZero();
    assertThat(said.subList(0, said.size() - 1))
        .isEqualTo(ProjectionSimulation.of(7).play().schedule().lines());
    assertThat(said.getLast()).startsWith("1 plays of projections");
  }

  @ParameterizedTest
  @ValueSource(strings = {"projections --seeds 9", "projections --seed 1"})
  void a_broken_law_of_projections_is_shown_with_the_end_of_its_schedule(String arguments) {
    bug = ProjectionBug.inStores(SimulateTest::takingAll);
    assertThat(simulate(arguments.split(" "))).isEqualTo(1);
    assertThat(said.getLast())
        .startsWith("seed 1 breaks \"")
        .endsWith("simulate projections --seed 1, or ProjectionSimulation.of(1).play()");
  }

  /// A sink that keeps nothing of what it takes.
  private static ProjectionParts takingAll(ProjectionParts parts) {
    return parts.with(
        PortProxy.of(
            ProjectionSink.class,
            parts.sink(),
            (method, arguments, call) ->
                method.equals("deliver")
                    ? ((List<?>) arguments[3])
                        .stream().map(_ -> Outcome.of(Outcome.Kind.APPLIED)).toList()
                    : call.call(arguments)));
  }

  @Test
  void long_work_tells_how_far_it_is_and_ends_in_time() {
    lookSeconds = 6;
    assertThat(simulate("--for", "10s")).isZero();
    assertThat(said.getFirst()).startsWith("… up to seed 200 after ");
    assertThat(said.get(1)).isEqualTo("seeds 1 to 200");
  }

  @Test
  void one_seed_is_shown_with_its_schedule() {
    assertThat(simulate("--seed", "7")).isZero();
    assertThat(said).hasSizeGreaterThan(100);
    assertThat(all()).contains("node-1 starts").contains("run.completed").contains("1 plays");
    assertThat(said.subList(0, said.size() - 1))
        .isEqualTo(Simulation.random(7).play().course().schedule().lines());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--sedes 5",
        "--seeds",
        "--seeds many",
        "--seeds 0",
        "--from -1",
        "--for 5",
        "--for 5d",
        "--seed 1 --seeds 2",
        "projections --seeds 0",
        "--seeds 5 projections",
        "5"
      })
  void what_is_not_understood_is_told_with_the_usage(String arguments) {
    assertThat(simulate(arguments.split(" "))).isEqualTo(2);
    assertThat(said).hasSize(2).last().asString().startsWith("Usage: simulate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--seeds 4", "--seed 2"})
  void a_broken_law_is_shown_by_its_smaller_play(String arguments) {
    plays =
        new Plays(seed ->
            seed < 2
                ? Simulation.random(seed)
                : Simulation.random(seed).withoutAgeing().over(Amnesia::new));
    assertThat(simulate(arguments.split(" "))).isEqualTo(1);
    assertThat(said.getLast())
        .startsWith("seed 2 breaks \"its sequences are 1, 2, 3")
        .contains("Smaller, and still broken", "1 nodes", "simulate --seed 2");
  }

  @Test
  void help_is_no_mistake() {
    assertThat(simulate("--help")).isZero();
    assertThat(said).containsExactly(SimulateOptions.USAGE);
  }
}
