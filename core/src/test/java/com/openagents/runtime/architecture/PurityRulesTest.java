package com.openagents.runtime.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.openagents.runtime.architecture.planted.Impure;
import com.openagents.runtime.architecture.planted.Pure;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PurityRulesTest {
  private static final Map<Class<? extends Impure>, ArchRule> RULES =
      Map.of(
          Impure.Reading.class, PurityRules.readsNoClock(),
          Impure.Making.class, PurityRules.startsNoThreadAndThrowsNoDice(),
          Impure.Opening.class, PurityRules.opensNoFileAndNoSocket(),
          Impure.Using.class, PurityRules.usesOnlyItsLibraries());

  @ParameterizedTest
  @MethodSource("impureClasses")
  void an_impure_class_breaks_the_rule_of_its_kind(Class<?> impure, ArchRule rule) {
    assertThat(breaks(rule, impure)).isTrue();
  }

  @Test
  void a_class_that_is_given_its_time_dice_and_threads_breaks_no_rule() {
    assertThat(RULES.values()).noneMatch(rule -> breaks(rule, Pure.class));
  }

  @Test
  void a_cycle_of_packages_is_found() {
    var planted = Pure.class.getPackageName();
    var cycle = new ClassFileImporter().importPackages(planted);
    assertThat(slices().matching(planted + ".(**)").should().beFreeOfCycles().evaluate(cycle))
        .returns(true, result -> result.hasViolation());
  }

  private static Stream<Arguments> impureClasses() {
    return RULES.entrySet().stream()
        .flatMap(entry ->
            Stream.of(entry.getKey().getDeclaredClasses())
                .map(impure -> arguments(impure, entry.getValue())));
  }

  private static boolean breaks(ArchRule rule, Class<?> type) {
    return rule.evaluate(new ClassFileImporter().importClasses(type)).hasViolation();
  }
}
