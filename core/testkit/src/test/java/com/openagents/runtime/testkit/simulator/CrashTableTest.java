package com.openagents.runtime.testkit.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.testkit.law.RunEvidence;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// One turn, and at each call of a port that is made on the way one misfortune: the log ends as if
/// nothing had happened, but for the traces of recovery.
///
/// The calls are those of the executor, of the heartbeat, the janitor and the looks beside it, and
/// of the node that the client speaks to.
@Tag("G7")
@Tag("scenario-11")
class CrashTableTest {

  private static final long SEED = 4;

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NONE", "PROVIDER_DOWN", "PROVIDER_FAILS"})
  void a_turn_ends_as_if_nothing_had_happened(Fault fault) {
    Played undisturbed = play(Faults.NONE);
    List<Object> essence = EssenceOfRun.of(only(undisturbed));
    long strikes = 0;
    for (long call = 1; call <= undisturbed.course().calls(); call++) {
      Played struck = play(Faults.once(call, fault));
      strikes += struck.course().strikes().size();
      assertThat(EssenceOfRun.of(only(struck))).as("%s at call %d", fault, call).isEqualTo(essence);
    }
    assertThat(strikes).as("calls that it struck at").isPositive();
  }

  @Test
  void the_turn_makes_enough_calls_for_the_table_to_mean_something() {
    assertThat(play(Faults.NONE).course().calls()).isGreaterThan(100);
    assertThat(EssenceOfRun.of(only(play(Faults.NONE)))).hasSizeGreaterThan(10);
  }

  private static RunEvidence only(Played played) {
    return played.runs().getFirst();
  }

  private static Played play(Faults faults) {
    Conversation turn = Conversation.turn(1, "the message");
    return new Simulation(SEED, 2, List.of(turn), null, faults, UnaryOperator.identity()).play();
  }
}
