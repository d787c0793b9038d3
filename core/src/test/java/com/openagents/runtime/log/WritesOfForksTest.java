package com.openagents.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.RunEvent.RunForked;
import com.openagents.runtime.event.RunEvent.RunStarted;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.lease.LeaseChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Which writes begin a fork.
class WritesOfForksTest {

  private static final RunId RUN = new RunId(new UUID(1, 2));
  private static final NodeId NODE = new NodeId("node-1");
  private static final Digest CONTENT = Digest.ofText("");
  private static final Event.Known CREATED = new RunCreated(Asked.of("a").spec(), CONTENT);
  private static final RunForked FORKED = new RunForked(new RunId(new UUID(1, 1)), 3);

  private static Append write(Precondition precondition, Event.Known... events) {
    return Append.of(RUN, precondition, List.of(events)).with(Wake.NEVER);
  }

  @Test
  void a_new_run_whose_second_event_says_so_begins_as_a_fork() {
    assertThat(write(Precondition.FRESH, CREATED, FORKED).fork()).isEqualTo(FORKED);
  }

  @Test
  void what_a_fork_copies_is_not_told_by_its_write() {
    Append fork = write(Precondition.FRESH, CREATED, FORKED);

    assertThat(fork.written(new Appended.Written(1, 4, 0, Instant.EPOCH))).isEmpty();
  }

  @Test
  void any_other_write_begins_none() {
    assertThat(write(Precondition.FRESH, CREATED).fork()).isNull();
    assertThat(write(Precondition.FRESH, CREATED, new RunStarted(NODE), FORKED).fork()).isNull();
    assertThat(write(Precondition.OPEN, CREATED, FORKED).fork()).isNull();
  }

  static Stream<Append> tooMuch() {
    Append fork = write(Precondition.FRESH, CREATED, FORKED);
    return Stream.of(
        fork.with(new LeaseChange.Acquire(NODE, Duration.ofSeconds(30))),
        fork.with(Wake.NOW),
        fork.with(new FrameKey(new FrameId("f"), CONTENT)));
  }

  @ParameterizedTest
  @MethodSource("tooMuch")
  void a_fork_takes_no_lease_needs_nobody_and_brings_no_frame(Append fork) {
    assertThatIllegalArgumentException().isThrownBy(fork::fork);
  }
}
