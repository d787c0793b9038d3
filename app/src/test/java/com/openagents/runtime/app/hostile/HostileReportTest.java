package com.openagents.runtime.app.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A drill in which nothing went wrong, with one thing wrong.
class HostileReportTest {

  private final Map<Attack, Tally> tallies = new EnumMap<>(Attack.class);
  private List<String> wrong = List.of();
  private long served = 1;
  private int runs = 1;

  HostileReportTest() {
    Attack.all().forEach(attack -> tallies.put(attack, reached(attack)));
  }

  private static Tally reached(Attack attack) {
    Tally tally = new Tally();
    for (int i = 0; i < attack.crew(); i++) {
      tally.connected();
    }
    tally.requested();
    tally.sent(1);
    tally.answered(401);
    return tally;
  }

  private HostileReport report() {
    Rest rest = new Rest(Vitals.NONE, 0, 0);
    return new HostileReport(
        new HostileSettings(
            Duration.ofSeconds(1), Attack.all(), false, 256, 1, 7, _ -> {}, _ -> {}),
        rest,
        List.of(phase("quiet", Map.of(), 1, 1), phase("all", tallies, served, runs)),
        rest,
        true,
        wrong);
  }

  private static Phase phase(String name, Map<Attack, Tally> tallies, long served, int runs) {
    Ledger others = new Ledger();
    for (int i = 0; i < runs; i++) {
      others.dealt();
    }
    return new Phase(
        name,
        tallies,
        Vitals.NONE,
        Vitals.NONE,
        Vitals.NONE,
        new Heap.Extremes(0, 0, 0, 0),
        others,
        served);
  }

  private void assertBroken(HostileLaw law, String words) {
    assertThat(report().lawful()).isFalse();
    assertThat(report().breaches())
        .singleElement()
        .asString()
        .startsWith(law.toString())
        .contains(words);
  }

  @Test
  void a_drill_in_which_all_came_about_is_lawful() {
    assertThat(report().breaches()).isEmpty();
    assertThat(report().text()).contains("every law held");
  }

  @Test
  void an_attack_in_which_nobody_else_is_served_is_found() {
    served = 0;
    assertBroken(HostileLaw.SERVED_RIGHT, "all: nobody was served");
  }

  @Test
  void attacks_after_which_no_run_came_to_its_end_are_found() {
    runs = 0;
    assertBroken(HostileLaw.SERVED_RIGHT, "all: no run came to its end");
  }

  @Test
  void a_user_who_went_away_is_found() {
    wrong = List.of("somebody went away");
    assertBroken(HostileLaw.SERVED_RIGHT, "somebody went away");
  }

  @ParameterizedTest
  @EnumSource
  void a_connection_alone_is_no_attack(Attack attack) {
    Tally connected = new Tally();
    connected.connected();
    tallies.put(attack, connected);
    assertBroken(HostileLaw.WAS_ATTACKED, "all, " + attack.word() + ": it never came about");
  }

  @Test
  void attackers_who_wait_for_answers_and_get_none_never_attacked() {
    for (Attack attack : Set.of(Attack.SIGNATURES, Attack.JSON, Attack.HALF_CLOSED)) {
      Tally sent = new Tally();
      sent.requested();
      sent.sent(1_000);
      assertThat(attack.reached(sent)).as(attack.word()).isFalse();
    }
  }

  @Test
  void an_attacker_who_went_away_is_found() {
    Tally tally = reached(Attack.JSON);
    tally.brokeOff(new IllegalStateException("no key to sign with"));
    tallies.put(Attack.JSON, tally);
    assertBroken(HostileLaw.WAS_ATTACKED, "no key to sign with");
  }
}
