package com.openagents.runtime.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.projection.PastAudit;
import com.openagents.runtime.projection.PastAudit.Found;
import com.openagents.runtime.projection.PastAudit.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Audits come at their time, however often nodes begin anew.
class AuditDutyTest {

  private static final Found CLEAN = new Found(Map.of("kept", 3L), Map.of(), true, null);
  private static final Duration HOUR = Duration.ofHours(1);

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
  private final InMemoryStore store = new InMemoryStore(time);
  private final List<String> done = new ArrayList<>();
  private boolean writes = true;
  private boolean fails;

  private AuditDuty node(Duration interval) {
    return new AuditDuty(
        store.audits(),
        time,
        interval,
        new AuditDuty.Acts() {
          @Override
          public boolean writes() {
            return writes;
          }

          @Override
          public void audit() {
            done.add("audit");
            if (fails) {
              throw new IllegalStateException("the store went away");
            }
            store.audits().keep(Sample.ALL, CLEAN);
          }

          @Override
          public void show(PastAudit last) {
            done.add("show");
          }

          @Override
          public void leave() {
            done.add("leave");
          }
        });
  }

  @Test
  void a_node_that_begins_before_it_writes_audits_as_soon_as_it_does() {
    AuditDuty node = node(HOUR);
    writes = false;
    node.look();
    writes = true;
    node.look();
    node.look();
    assertThat(done).containsExactly("leave", "audit");
    assertThat(node.rest()).isEqualTo(Duration.ofMinutes(1));
    assertThat(node(Duration.ofSeconds(2)).rest()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void nodes_that_begin_anew_more_often_than_audits_are_wanted_come_to_them() {
    for (int restart = 0; restart < 10; restart++) {
      AuditDuty node = node(HOUR);
      node.look();
      node.look();
      time.advance(Duration.ofMinutes(20));
    }
    assertThat(done)
        .containsExactly(
            "audit", "show", "show", "audit", "show", "show", "audit", "show", "show", "audit");
  }

  @Test
  void what_came_to_no_end_is_not_begun_again_at_once() {
    AuditDuty node = node(HOUR);
    fails = true;
    assertThatThrownBy(node::look).isInstanceOf(IllegalStateException.class);
    fails = false;
    node.look();
    assertThat(done).containsExactly("audit");
    time.advance(Duration.ofMinutes(15));
    node.look();
    assertThat(done).containsExactly("audit", "audit");
  }

  @Test
  void an_audit_of_a_part_puts_none_off() {
    node(HOUR).look();
    time.advance(HOUR);
    store.audits().keep(Sample.WALK, CLEAN);
    node(HOUR).look();
    assertThat(done).containsExactly("audit", "audit");
  }

  @Test
  void who_writes_again_shows_what_was_found_meanwhile() {
    AuditDuty node = node(HOUR);
    node.look();
    writes = false;
    node.look();
    writes = true;
    node.look();
    assertThat(done).containsExactly("audit", "leave", "show");
  }
}
