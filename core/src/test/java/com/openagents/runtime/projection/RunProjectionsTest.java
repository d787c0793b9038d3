package com.openagents.runtime.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.EventType;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunProjectionsTest {

  private static final RunProjections BUILT_IN = RunProjections.BUILT_IN;

  /// Tells nothing, and reads events of some types.
  private record Reading(ProjectionId id, Set<EventType> read) implements RunProjection<Integer> {
    @Override
    public Integer first(RunSubject subject) {
      return 0;
    }

    @Override
    public boolean reads(EventType type) {
      return read.contains(type);
    }

    @Override
    public Integer apply(Integer state, Envelope event) {
      return state;
    }

    @Override
    public void write(Integer state, Json.Builder body) {}

    @Override
    public Integer read(Json.Obj body) {
      return 0;
    }
  }

  private static Reading reading(String name, EventType... types) {
    return new Reading(new ProjectionId(name, 1), Set.of(types));
  }

  private static StoredEvent stored(String type, int version) {
    RunId run = RunId.parse("0190a0c0-0000-7000-8000-000000000001");
    return new StoredEvent(run, 2, type, version, "{}", Instant.EPOCH, null, null);
  }

  private static StoredEvent stored(EventType type) {
    return stored(type.wireName(), type.version());
  }

  @Test
  void each_is_found_by_its_name() {
    for (ProjectionId id : BUILT_IN.ids()) {
      assertThat(BUILT_IN.named(id.name())).contains(id);
    }
    assertThat(BUILT_IN.named("other")).isEmpty();
    assertThat(BUILT_IN.ids()).extracting(ProjectionId::name).last().isEqualTo("thread_summary");
    assertThat(BUILT_IN.ofRuns()).isEqualTo(BUILT_IN.ids().subList(0, BUILT_IN.ids().size() - 1));
  }

  @Test
  void one_more_is_told_beside_the_others() {
    Reading more = reading("more");
    RunProjections with = BUILT_IN.with(more);
    assertThat(with.named("more")).contains(more.id());
    assertThat(with.ids()).containsAll(BUILT_IN.ids()).hasSize(BUILT_IN.ids().size() + 1);
    assertThat(BUILT_IN.named("more")).isEmpty();
  }

  @Test
  void two_of_one_name_are_refused() {
    for (String taken : Stream.of("run_summary", "timeline_slice", "thread_summary").toList()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> BUILT_IN.with(reading(taken)))
          .withMessageContaining(taken);
    }
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void what_somebody_reads_is_read_and_nothing_else(EventType type) {
    RunProjections least = new RunProjections(List.of());
    boolean summaries = RunSummaries.INSTANCE.reads(type);
    boolean rows = type == EventType.FRAME_ACCEPTED || type == EventType.MESSAGE_COMPLETED;
    assertThat(least.reads(stored(type))).isEqualTo(summaries || rows);
    assertThat(least.with(reading("more", type)).reads(stored(type))).isTrue();
  }

  @Test
  void what_is_not_known_is_read_to_find_out_whether_it_matters() {
    RunProjections least = new RunProjections(List.of());
    EventType unread = EventType.STEP_STARTED;
    assertThat(least.reads(stored(unread))).isFalse();
    assertThat(least.reads(stored(unread.wireName(), unread.version() + 1))).isTrue();
    assertThat(least.reads(stored("moon.rose", 1))).isTrue();
  }
}
