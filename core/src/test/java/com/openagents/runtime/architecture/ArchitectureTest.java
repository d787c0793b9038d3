package com.openagents.runtime.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The packages of core stand in the levels of the table, and core touches nothing outside itself.
class ArchitectureTest {
  private static final CoreClasses CORE = CoreClasses.ofThisModule();

  @Test
  void every_package_is_in_the_table_and_uses_what_its_row_allows() throws IOException {
    assertThat(table().violations(CORE.uses())).isEmpty();
  }

  @Test
  void packages_use_each_other_without_a_cycle() {
    slices().matching(CoreClasses.BASE + ".(**)").should().beFreeOfCycles().check(CORE.classes());
  }

  @Test
  @Tag("G13")
  void nothing_that_decides_sees_projections() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            CoreClasses.BASE + ".projection..",
            CoreClasses.BASE + ".projector..",
            CoreClasses.BASE + ".inmemory..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(CoreClasses.BASE + ".projection..", CoreClasses.BASE + ".projector..")
        .check(CORE.classes());
  }

  @Test
  void core_uses_no_library_but_its_own_few() {
    PurityRules.usesOnlyItsLibraries().check(CORE.classes());
  }

  @Test
  void core_neither_makes_threads_nor_throws_dice() {
    PurityRules.startsNoThreadAndThrowsNoDice().check(CORE.classes());
  }

  @Test
  void core_opens_neither_files_nor_sockets() {
    PurityRules.opensNoFileAndNoSocket().check(CORE.classes());
  }

  @Test
  void core_reads_neither_clock_dice_nor_environment() {
    PurityRules.readsNoClock().check(CORE.classes());
  }

  private static PackageTable table() throws IOException {
    try (var file = ArchitectureTest.class.getResourceAsStream("/architecture/packages.csv")) {
      var text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      return PackageTable.parse(text.lines());
    }
  }
}
