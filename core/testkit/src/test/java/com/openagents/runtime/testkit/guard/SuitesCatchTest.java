package com.openagents.runtime.testkit.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.testkit.log.StoreContract;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The suites catch what they are there to catch, and fail for nothing else.
class SuitesCatchTest {

  static List<Plant> bugs() {
    return Plants.all();
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void a_planted_bug_is_caught_by_the_test_that_names_its_law(Plant plant) {
    SuiteRun run = SuiteRun.of(plant.suite(), plant);
    assertThat(run.failed()).contains(plant.caughtBy());
    run.thrown(plant.caughtBy()).forEach(thrown -> Origin.assertIsNoPlant(thrown, plant));
  }

  @ParameterizedTest
  @MethodSource("suites")
  void every_suite_is_tried_on_at_least_eight_bugs(Class<?> suite) {
    assertThat(Plants.all())
        .filteredOn(plant -> plant.suite() == suite)
        .hasSizeGreaterThanOrEqualTo(8);
  }

  static Stream<Arguments> emptyStores() {
    return Suites.all().stream()
        .flatMap(suite -> EmptyStores.all().stream().map(store -> Arguments.of(suite, store)));
  }

  @ParameterizedTest
  @MethodSource("emptyStores")
  void a_store_that_does_nothing_passes_no_test(Class<?> suite, Plant store) {
    SuiteRun run = SuiteRun.of(suite, store);
    assertThat(run.passed()).isEmpty();
    assertThat(run.failed()).isNotEmpty();
    assertThat(run.notRun()).isZero();
  }

  static List<Class<?>> suites() {
    return Suites.all();
  }

  @ParameterizedTest
  @MethodSource("suites")
  void the_store_that_the_bugs_are_planted_in_passes_every_test(Class<?> suite) {
    SuiteRun run = SuiteRun.of(suite, Plant.NONE);
    assertThat(run.failed()).isEmpty();
    assertThat(run.passed()).isNotEmpty();
    assertThat(run.notRun()).isZero();
  }

  @Test
  void every_suite_of_the_kit_is_guarded() throws Exception {
    Path kit =
        Path.of(StoreContract.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> classes = Files.walk(kit)) {
      List<String> contracts =
          classes
              .map(file -> kit.relativize(file).toString().replace(File.separatorChar, '.'))
              .filter(name -> name.endsWith("Contract.class"))
              .map(name -> name.substring(0, name.length() - ".class".length()))
              .filter(name -> !name.equals(StoreContract.class.getName()))
              .toList();
      assertThat(Suites.all())
          .extracting(suite -> suite.getSuperclass().getName())
          .containsExactlyInAnyOrderElementsOf(contracts);
    }
  }

  @Test
  void every_bug_has_a_name_of_its_own() {
    assertThat(Plants.all()).extracting(Plant::bug).doesNotHaveDuplicates();
  }
}
