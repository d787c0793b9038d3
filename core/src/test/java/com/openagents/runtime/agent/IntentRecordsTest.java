package com.openagents.runtime.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.StepEvent.IntentRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IntentRecordsTest {

  private static final Json.Obj SHOWN = Json.object().put("amount", 7).build();

  private static List<Intent> intents() {
    return List.of(
        new Intent.Say("hello"),
        new Intent.Think("hm"),
        new Intent.Predict("answer", SHOWN),
        new Intent.CallTool("search", SHOWN, Intent.Settlement.SAFE_RETRY),
        new Intent.RequestApproval("pay", SHOWN, Duration.ofMinutes(5)),
        new Intent.Spawn("echo", SHOWN),
        new Intent.SleepUntil(Instant.parse("2026-03-01T12:00:00Z")),
        new Intent.AwaitFrames(),
        new Intent.Compact(),
        new Intent.Finish(),
        new Intent.Fail("no idea"));
  }

  @Test
  void what_an_agent_decided_is_read_back_from_the_log_as_it_was() {
    List<IntentRecord> records = IntentRecords.of(2, 3, intents());

    assertThat(records.stream().map(IntentRecords::read)).isEqualTo(intents());
    assertThat(records.stream().map(IntentRecord::id)).startsWith("2.3.0", "2.3.1");
    assertThat(records.stream().map(IntentRecord::kind)).doesNotHaveDuplicates();
  }

  /// Each record that has fields, once without each of them and once with another type in it.
  static Stream<IntentRecord> spoiled() {
    return IntentRecords.of(1, 1, intents()).stream()
        .flatMap(record ->
            record.body().fields().keySet().stream()
                .flatMap(
                    field -> Stream.of(with(record, field, null), with(record, field, Json.TRUE))));
  }

  private static IntentRecord with(IntentRecord record, String field, @Nullable Json value) {
    Map<String, Json> fields = new HashMap<>(record.body().fields());
    fields.remove(field);
    if (value != null) {
      fields.put(field, value);
    }
    return new IntentRecord(record.id(), record.kind(), new Json.Obj(fields));
  }

  @ParameterizedTest
  @MethodSource("spoiled")
  void a_record_that_no_version_wrote_is_refused(IntentRecord record) {
    assertThatIllegalArgumentException().isThrownBy(() -> IntentRecords.read(record));
  }

  @Test
  void a_kind_that_nobody_knows_is_refused_by_its_name() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IntentRecords.read(new IntentRecord("1.1.0", "dance", SHOWN)))
        .withMessageContaining("dance");
  }

  @Test
  void an_approval_is_asked_for_as_long_as_it_says_and_ten_thousand_years_at_most() {
    assertThat(lasting(Duration.ofDays(400))).isEqualTo(Duration.ofDays(400));
    assertThat(lasting(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Duration.ofDays(3_652_425));
  }

  @Test
  void an_approval_that_expired_before_it_was_asked_for_is_refused() {
    assertThat(lasting(Duration.ZERO)).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> lasting(Duration.ofMillis(-1)))
        .withMessageContaining("PT-0.001S");
  }

  @Test
  void one_that_an_older_version_took_is_read_as_expired_at_once() {
    Json.Obj body =
        Json.object().put("subject", "pay").put("shown", SHOWN).put("expiresAfterMs", -5).build();
    assertThat(IntentRecords.read(new IntentRecord("1.1.0", "request_approval", body)))
        .isEqualTo(new Intent.RequestApproval("pay", SHOWN, Duration.ZERO));
  }

  @Test
  void a_settlement_that_no_release_knows_is_taken_for_the_strictest() {
    Json.Obj body =
        Json.object().put("name", "pay").put("arguments", SHOWN).put("settlement", "once").build();
    assertThat(IntentRecords.read(new IntentRecord("1.1.0", "call_tool", body)))
        .isEqualTo(new Intent.CallTool("pay", SHOWN, Intent.Settlement.DEDUPE_RECONCILE_REQUIRED));
  }

  private static Duration lasting(Duration asked) {
    return new Intent.RequestApproval("pay", SHOWN, asked).expiresAfter();
  }

  @Test
  void only_waiting_finishing_and_failing_end_a_turn() {
    assertThat(intents().stream().filter(Intent::endsTurn).map(i -> i.getClass().getSimpleName()))
        .containsExactly("AwaitFrames", "Finish", "Fail");
  }
}
