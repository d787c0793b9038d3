package com.openagents.runtime.http.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.execution.Limits;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.testkit.Drafts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A snapshot says how old the lease is that it shows.
class LeaseAgeTest {

  private static final RunId RUN = Drafts.runId(1);
  private static final Instant NOW = Instant.parse("2026-01-31T08:15:30Z");
  private static final Duration TTL = Duration.ofSeconds(30);

  private final InMemoryStore store = new InMemoryStore(InstantSource.fixed(NOW));
  private final Snapshots snapshots = new Snapshots(Limits.defaults(), TTL);

  private RunHead held() {
    store.log().append(Drafts.start(RUN));
    store
        .log()
        .append(
            Append.of(RUN, Precondition.OPEN, List.of())
                .with(new LeaseChange.Acquire(Drafts.NODE, TTL)));
    return store.log().head(RUN).orElseThrow();
  }

  private @Nullable Json lease(RunHead head) {
    return snapshots.of(head).fields().get("lease");
  }

  @Test
  void a_lease_ages_from_its_last_extension_on() {
    RunHead held = held();

    assertThat(lease(held.asOf(NOW))).isEqualTo(shown(0, false));
    assertThat(lease(held.asOf(NOW.plusMillis(12_345)))).isEqualTo(shown(12_345, false));
    assertThat(lease(held.asOf(NOW.plusMillis(31_000)))).isEqualTo(shown(31_000, true));
  }

  @Test
  void a_lease_that_lasts_longer_than_this_nodes_is_not_from_the_future() {
    assertThat(lease(held().asOf(NOW.minusMillis(1)))).isEqualTo(shown(0, false));
  }

  @Test
  void a_lease_that_nobody_holds_has_no_age() {
    store.log().append(Drafts.start(RUN));

    assertThat(lease(store.log().head(RUN).orElseThrow()))
        .isEqualTo(Json.object().put("epoch", 0L).build());
  }

  private static Json shown(long ageMs, boolean expired) {
    return Json.object()
        .put("epoch", 1L)
        .put("owner", Drafts.NODE.value())
        .put("expiresAt", NOW.plus(TTL))
        .put("ageMs", ageMs)
        .put("expired", expired)
        .build();
  }
}
