package com.openagents.runtime.testkit.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.agent.IntentRecords;
import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonLimits;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.canon.Timestamps;
import com.openagents.runtime.event.BlobRef;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.StepEvent.IntentRecord;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.lease.Lease;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.lease.LeaseRules;
import com.openagents.runtime.lease.LeaseVerdict;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.run.RunState;
import com.openagents.runtime.run.RunStateJson;
import com.openagents.runtime.stream.Cursor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is written and read again is what it was, whatever it is.
class LawsOfValuesTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  static Stream<Long> seeds() {
    return Seeds.first(500);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @Tag("G1")
  void an_event_comes_back_from_the_log_as_it_was(long seed) {
    Envelope event = new Envelopes(Seeds.random(seed)).envelope();
    StoredEvent stored =
        new StoredEvent(
            event.runId(),
            event.seq(),
            event.event().type(),
            event.event().version(),
            EventCodec.payload(event.event()),
            event.occurredAt(),
            event.traceId(),
            event.epoch());
    assertThat(EventCodec.decode(stored)).isEqualTo(event);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @Tag("G10")
  void a_payload_has_one_form_however_it_was_put_together(long seed) {
    Envelope event = new Envelopes(Seeds.random(seed)).envelope();
    String payload = EventCodec.payload(event.event());
    Json read = JsonReader.read(payload, JsonLimits.STORED);
    assertThat(CanonicalJson.write(read)).isEqualTo(payload);
    assertThat(CanonicalJson.write(backwards(read))).isEqualTo(payload);
    assertThat(CanonicalJson.write(EventCodec.payloadJson(event.event()))).isEqualTo(payload);
  }

  /// The same with the fields of every object in another order.
  private static Json backwards(Json json) {
    return switch (json) {
      case Json.Obj(var fields) -> {
        Json.Builder turned = Json.object();
        new ArrayList<>(fields.entrySet())
            .reversed()
            .forEach(field -> turned.put(field.getKey(), backwards(field.getValue())));
        yield turned.build();
      }
      case Json.Arr(var items) ->
          Json.array(items.stream().map(LawsOfValuesTest::backwards).toList());
      default -> json;
    };
  }

  private static RunState fold(long seed) {
    return new Folds(Seeds.random(seed)).state();
  }

  /// Nobody keeps a checkpoint of a run that is not there.
  static Stream<Long> seedsOfRuns() {
    return seeds()
        .filter(seed -> {
          RunState state = fold(seed);
          return state.spec() != null && !(state.run() instanceof Run.Absent);
        });
  }

  @ParameterizedTest
  @MethodSource("seedsOfRuns")
  @Tag("G1")
  void a_fold_comes_back_from_its_checkpoint_as_it_was(long seed) {
    RunState state = fold(seed);
    String text = CanonicalJson.write(RunStateJson.write(state));
    assertThat(RunStateJson.read(JsonReader.readObject(text, JsonLimits.STORED))).isEqualTo(state);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_decision_comes_back_from_the_log_as_it_was(long seed) {
    Intent intent = new Intents(Seeds.random(seed)).any();
    IntentRecord kept = IntentRecords.of(1, 2, List.of(intent)).getFirst();
    assertThat(IntentRecords.read(kept)).isEqualTo(intent);
    assertThat(kept.id()).isEqualTo("1.2.0");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void names_and_times_and_claims_come_back_from_their_texts(long seed) {
    Values some = new Values(Seeds.random(seed));
    Principal principal = some.principal();
    assertThat(Principal.ofKey(principal.key())).isEqualTo(principal);
    RunId runId = some.runId();
    assertThat(RunId.parse(runId.toString())).isEqualTo(runId);
    Instant time = some.time();
    assertThat(Timestamps.read(Timestamps.write(time))).isEqualTo(time);
    BlobRef blob = new Envelopes(Seeds.random(seed)).blobRef();
    assertThat(BlobRef.claimed(blob.claim())).contains(blob);
    Cursor cursor = new Cursor.After(1 + some.number());
    assertThat(Cursor.parse(Long.toString(((Cursor.After) cursor).seq()), null)).contains(cursor);
  }

  @Test
  void every_place_in_a_life_comes_back_from_its_columns() {
    List<Run> stored = new ArrayList<>(Lives.every(NOW));
    stored.removeIf(Run.Absent.class::isInstance);
    assertThat(stored)
        .hasSizeGreaterThan(30)
        .allSatisfy(run -> {
          Run.Waiting waiting = run instanceof Run.Waiting w ? w : null;
          Run.Ended ended = run instanceof Run.Ended e ? e : null;
          assertThat(
                  Run.ofColumns(
                      run.status(),
                      waiting == null ? null : waiting.waitingFor().wireName(),
                      waiting == null ? null : waiting.until(),
                      ended == null || ended.reasonClass() == null
                          ? null
                          : ended.reasonClass().wireName()))
              .isEqualTo(run);
        });
  }

  @Test
  @Tag("G3")
  void whoever_takes_or_breaks_a_lease_raises_its_epoch_and_nobody_else_does() {
    for (Lease lease : Leases.every(NOW)) {
      for (LeaseChange change : Leases.everyChange()) {
        if (LeaseRules.decide(lease, change, NOW) instanceof LeaseVerdict.Granted(Lease after)) {
          boolean raises =
              change instanceof LeaseChange.Acquire
                  || change instanceof LeaseChange.Visit
                  || change instanceof LeaseChange.Break;
          assertThat(after.epoch())
              .as("%s by %s", lease, change)
              .isEqualTo(lease.epoch() + (raises ? 1 : 0));
        }
      }
    }
  }
}
