package com.openagents.runtime.app.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Runs that the judges cannot come to the end with.
class JudgesTest {

  private final PlantedRun lawful = new PlantedRun();
  private final Findings findings = new Findings();

  @Test
  void runs_that_are_judged_are_counted() {
    PlantedRun other = new PlantedRun();
    new Judges(run -> run == other.dealings ? other.evidence() : lawful.evidence(), findings)
        .judge(List.of(lawful.dealings, other.dealings));
    assertThat(findings.runs()).isEqualTo(2);
    assertThat(findings.breaches()).isEmpty();
  }

  @Test
  void a_run_of_which_no_evidence_can_be_had_is_a_breach_that_names_it() {
    PlantedRun other = new PlantedRun();
    new Judges(
            run -> {
              if (run == other.dealings) {
                throw new IllegalStateException("no such page");
              }
              return lawful.evidence();
            },
            findings)
        .judge(List.of(other.dealings, lawful.dealings));
    assertThat(findings.runs()).isEqualTo(1);
    assertThat(findings.breaches())
        .allMatch(breach -> breach.law() == Law.SEEN_THROUGH)
        .extracting(Breach::toString)
        .anyMatch(
            told -> told.contains(other.runId.toString()) && told.contains("IllegalStateException"))
        .anyMatch(told -> told.contains("1 of 2 runs judged"));
  }

  @Test
  void a_run_that_no_law_can_read_is_a_breach_and_is_not_counted_as_judged() {
    PlantedRun fork = new PlantedRun(lawful);
    fork.dealings.forked(1);
    lawful.log.subList(0, 2).forEach(fork::add);
    fork.add(PlantedRun.answer("no number of a turn", PlantedRun.HELLO, 1));
    RunEvidence alone = fork.evidence();
    RunEvidence evidence =
        new RunEvidence(
            alone.dealings(),
            alone.log(),
            alone.rendered(),
            alone.provider(),
            lawful.evidence().log());
    new Judges(_ -> evidence, findings).judge(List.of(fork.dealings));
    assertThat(findings.runs()).isZero();
    assertThat(findings.breaches())
        .extracting(Breach::toString)
        .anyMatch(told -> told.contains(fork.runId.toString()) && told.contains("ForkLaws"));
  }
}
