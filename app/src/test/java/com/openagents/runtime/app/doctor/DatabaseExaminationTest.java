package com.openagents.runtime.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.postgres.Judgement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseExaminationTest {

  @ParameterizedTest
  @CsvSource({"SOUND, OK", "WEAK, WARNING", "UNFIT, FAILURE"})
  void what_would_stop_a_start_is_a_failure(Judgement.Verdict verdict, Finding.Verdict told) {
    assertThat(DatabaseExamination.finding(new Judgement(verdict, "as it is")))
        .isEqualTo(new Finding(told, "database", "as it is"));
  }
}
