package com.openagents.runtime.testkit.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.access.Audit;
import com.openagents.runtime.access.Audit.Entry;
import com.openagents.runtime.access.Audit.Row;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.testkit.PortFixture;
import com.openagents.runtime.testkit.Race;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the record of operators' deeds promises.
///
/// Not asserted: that the numbers of rows have no gap.
public abstract class AuditContract {

  private PortFixture<Audit> fixture;

  /// Opens a record, fresh and empty; the suite closes it.
  protected abstract PortFixture<Audit> openAudit();

  @BeforeEach
  final void open() {
    fixture = openAudit();
  }

  @AfterEach
  final void close() {
    fixture.close();
  }

  @Test
  void a_deed_comes_back_as_it_was_recorded() {
    Json before = Json.object().put("status", "running").build();
    Json after = Json.object().put("status", "canceling").put("é", "日本").build();
    Entry whole = new Entry("operator:k1", "run.cancel", "run-1", "asked for", before, after);
    Entry bare = new Entry("operator:k1", "run.seal", "run-2", null, null, null);
    audit().record(whole);
    audit().record(bare);
    assertThat(audit().list(null, 10)).extracting(Row::entry).containsExactly(bare, whole);
  }

  @Test
  void lists_the_newest_first_with_falling_numbers() {
    record(5);
    List<Row> rows = audit().list(null, 10);
    assertThat(rows)
        .extracting(row -> row.entry().subject())
        .containsExactly("run-5", "run-4", "run-3", "run-2", "run-1");
    for (int i = 1; i < rows.size(); i++) {
      assertThat(rows.get(i).number()).isLessThan(rows.get(i - 1).number());
      assertThat(rows.get(i).at()).isBeforeOrEqualTo(rows.get(i - 1).at());
    }
  }

  @Test
  void pages_follow_each_other_without_overlap_or_gap() {
    record(7);
    List<Row> paged = new ArrayList<>(audit().list(null, 3));
    List<Row> page = audit().list(paged.getLast().number(), 3);
    assertThat(paged).as("the first page").hasSize(3);
    while (!page.isEmpty()) {
      assertThat(page).hasSizeLessThanOrEqualTo(3);
      paged.addAll(page);
      assertThat(paged).extracting(Row::number).doesNotHaveDuplicates();
      page = audit().list(page.getLast().number(), 3);
    }
    assertThat(paged)
        .extracting(row -> row.entry().subject())
        .containsExactly("run-7", "run-6", "run-5", "run-4", "run-3", "run-2", "run-1");
  }

  @Test
  void the_same_deed_twice_is_two_deeds() {
    audit().record(entry(1));
    audit().record(entry(1));
    assertThat(audit().list(null, 10)).extracting(Row::entry).containsExactly(entry(1), entry(1));
  }

  @Test
  void a_row_keeps_the_time_at_which_its_deed_was_recorded() {
    record(1);
    fixture.passTime(Duration.ofHours(2));
    record(1);
    List<Row> rows = audit().list(null, 10);
    assertThat(rows).hasSize(2);
    assertThat(Duration.between(rows.getLast().at(), rows.getFirst().at()))
        .isBetween(Duration.ofHours(2), Duration.ofMinutes(121));
  }

  @Test
  void concurrent_deeds_are_all_recorded() {
    Race.of(
        20,
        i -> {
          audit().record(entry(i));
          return i;
        });
    assertThat(audit().list(null, 100)).hasSize(20).extracting(Row::number).doesNotHaveDuplicates();
  }

  private void record(int deeds) {
    for (int i = 1; i <= deeds; i++) {
      audit().record(entry(i));
    }
  }

  private static Entry entry(int number) {
    return new Entry("operator:k1", "run.cancel", "run-" + number, "asked for", null, null);
  }

  private Audit audit() {
    return fixture.port();
  }
}
