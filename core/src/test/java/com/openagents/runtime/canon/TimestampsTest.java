package com.openagents.runtime.canon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

  private static final long SEED = 3339;

  @ParameterizedTest
  @CsvSource({
    "2026-01-31T08:15:30Z,           2026-01-31T08:15:30.000000Z",
    "2026-01-31T08:15:30.00025Z,     2026-01-31T08:15:30.000250Z",
    "2026-01-31T08:15:30.123456789Z, 2026-01-31T08:15:30.123456Z",
    "0000-01-01T00:00:00Z,           0000-01-01T00:00:00.000000Z",
    "1969-12-31T23:59:59.999999Z,    1969-12-31T23:59:59.999999Z",
    "9999-12-31T23:59:59.999999Z,    9999-12-31T23:59:59.999999Z"
  })
  void writes_six_digits_and_utc(String time, String text) {
    assertThat(Timestamps.write(Instant.parse(time))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0001-12-31T23:59:59Z", "+10000-01-01T00:00:00Z"})
  void has_four_digits_for_the_year(String time) {
    assertThatThrownBy(() -> Timestamps.write(Instant.parse(time)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-31T08:15:30Z,                2026-01-31T08:15:30Z",
    "2026-01-31T08:15:30.5Z,              2026-01-31T08:15:30.5Z",
    "2026-01-31T08:15:30.123456789Z,      2026-01-31T08:15:30.123456Z",
    "2026-01-31T08:15:30+02:30,           2026-01-31T05:45:30Z",
    "2026-01-31T08:15:30.000001-18:00,    2026-02-01T02:15:30.000001Z",
    "2024-02-29T00:00:00Z,                2024-02-29T00:00:00Z"
  })
  void reads_every_form_of_rfc_3339_in_microseconds(String text, String time) {
    assertThat(Timestamps.read(text)).isEqualTo(Instant.parse(time));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "soon",
        "9999-12-31T23:59:59-18:00",
        "0000-01-01T00:00:00+00:01",
        "2026-01-31",
        "2026-01-31T08:15Z",
        "2026-01-31T08:15:30",
        "2026-01-31 08:15:30Z",
        "2026-01-31t08:15:30z",
        "2026-01-31T08:15:30.Z",
        "2026-01-31T08:15:30.1234567890Z",
        "2026-13-01T00:00:00Z",
        "2026-02-29T00:00:00Z",
        "2026-01-31T24:00:00Z",
        "2026-01-31T23:60:00Z",
        "2026-12-31T23:59:60Z",
        "2026-01-31T08:15:30Zz",
        "2026-01-31T08:15:30+0200",
        "2026-01-31T08:15:30+02",
        "2026-01-31T08:15:30+02:60",
        "2026-01-31T08:15:30+19:00",
        "2026-01-31T08:15:30.5",
        "+2026-01-31T08:15:30Z",
        "2026-01-31T08:15:30.5+",
        "２026-01-31T08:15:30Z"
      })
  void refuses_what_is_no_time(String text) {
    assertThatThrownBy(() -> Timestamps.read(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void reads_what_it_wrote_and_agrees_with_the_platform() {
    var random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      var time =
          Instant.ofEpochSecond(
                  random.nextLong(-62_167_219_200L, 253_402_300_800L),
                  random.nextInt(1_000_000_000))
              .truncatedTo(ChronoUnit.MICROS);
      String text = Timestamps.write(time);
      assertThat(Timestamps.read(text)).as("time %d of seed %d", i, SEED).isEqualTo(time);
      assertThat(Instant.from(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text))).isEqualTo(time);
    }
  }

  @Test
  void sorts_as_texts_as_the_times_do() {
    var random = new Random(SEED);
    for (int i = 0; i < 5_000; i++) {
      var one =
          Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1000) * 1000L);
      var other = one.plus(random.nextLong(-2_000_000, 2_000_000), ChronoUnit.MICROS);
      assertThat(Integer.signum(Timestamps.write(one).compareTo(Timestamps.write(other))))
          .as("%s and %s, seed %d", one, other, SEED)
          .isEqualTo(Integer.signum(one.compareTo(other)));
    }
  }
}
