package com.openagents.runtime.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.access.Verdict.Reason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonTest {

  @ParameterizedTest
  @EnumSource(Reason.class)
  void only_a_good_credential_for_something_else_is_authentic(Reason why) {
    assertThat(why.authentic()).isEqualTo(why.name().endsWith("_MISMATCH"));
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void each_says_to_a_person_what_is_wrong(Reason why) {
    assertThat(why.message()).contains(" ").doesNotContain("%", "null");
  }
}
