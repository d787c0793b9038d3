package com.openagents.runtime.testkit.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.testkit.difference.SameAnswers;
import com.openagents.runtime.testkit.generate.Seeds;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Two stores that differ are told apart by playing the same operations against both.
class SameAnswersTest {

  private static final int OPERATIONS = 200;
  private static final int SEEDS = 30;

  static Stream<Long> seeds() {
    return Seeds.first(SEEDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void stores_without_a_bug_answer_alike(long seed) {
    SameAnswers.play(seed, OPERATIONS, Planted::new, Planted::new);
  }

  static List<Plant> bugs() {
    return Stream.of(LogPlants.all(), LeasePlants.all(), LeaseTablePlants.all())
        .flatMap(List::stream)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void a_planted_bug_shows_as_a_difference(Plant plant) {
    assertThat(Seeds.first(SEEDS).anyMatch(seed -> differs(seed, plant))).isTrue();
  }

  @Test
  void a_difference_names_its_seed_and_what_led_to_it() {
    Plant plant = LogPlants.all().getFirst();
    long seed = Seeds.first(SEEDS).filter(each -> differs(each, plant)).findFirst().orElseThrow();
    assertThatThrownBy(() -> play(seed, plant))
        .hasMessageContaining("seed " + seed)
        .hasMessageContaining("but the other store: ");
  }

  private static boolean differs(long seed, Plant plant) {
    try {
      play(seed, plant);
      return false;
    } catch (AssertionError difference) {
      return true;
    }
  }

  private static void play(long seed, Plant plant) {
    SameAnswers.play(
        seed,
        OPERATIONS,
        Planted::new,
        () -> {
          Planted planted = new Planted();
          plant.planting().accept(planted);
          return planted;
        });
  }
}
