package com.openagents.runtime.convex;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeploymentTest {

  @ParameterizedTest
  @CsvSource({
    "1.1.9, false",
    "1.2.0, true",
    "1.2.1, true",
    "1.3.0, true",
    "0.9.9, false",
    "2.0.0, false",
    "1.0, false",
    "'', false",
    "1.2.0-rc1, false",
    "9999999.0.0, false"
  })
  void functions_suit_from_their_version_on_within_the_major_one(String there, boolean suits) {
    assertThat(Deployment.suits(there)).isEqualTo(suits);
  }
}
