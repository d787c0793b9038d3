package com.openagents.runtime.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {

  /// Out of range, not a date, unique violation, not null, too complex, too many arguments.
  @ParameterizedTest
  @ValueSource(strings = {"22003", "22007", "23505", "23502", "54001", "54023"})
  void values_are_to_blame_for_exceptions_of_data_constraints_and_limits(String state) {
    assertThat(Failures.blamesTheValues(failure(state))).isTrue();
    assertThat(Failures.lostARace(failure(state))).isFalse();
  }

  /// Serialization failure, deadlock.
  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01"})
  void a_serialization_failure_and_a_deadlock_are_lost_races(String state) {
    assertThat(Failures.lostARace(failure(state))).isTrue();
    assertThat(Failures.blamesTheValues(failure(state))).isFalse();
  }

  /// Connection lost, unknown outcome, disk full, no such table, canceled, shut down.
  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {"", "22", "08006", "08007", "40003", "53100", "42P01", "57014", "57P01", "XX000"})
  void for_anything_else_neither_the_values_nor_a_race_is_to_blame(@Nullable String state) {
    assertThat(Failures.blamesTheValues(failure(state))).isFalse();
    assertThat(Failures.lostARace(failure(state))).isFalse();
  }

  private static SQLException failure(@Nullable String state) {
    return new SQLException("it failed", state);
  }
}
