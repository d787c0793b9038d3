package com.openagents.runtime.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A node that is left out of the projections sees how they stand all the same: nobody may write
/// them.
@Tag("G11")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WithoutProjectionsTest {

  private RunningService service;

  @BeforeAll
  void start(@TempDir Path folder) {
    service = RunningService.in(folder, Map.of("OA_PROJECTIONS", "off"));
  }

  @AfterAll
  void stop() {
    service.close();
  }

  private double metered(String name) {
    return Scrape.of(service.client()).value("runtime_projection_" + name);
  }

  @Test
  void its_meter_of_a_standstill_grows_while_nobody_writes() {
    service.carryOut();
    RunningService.await(() -> metered("stalled_seconds") > 0);
    assertThat(metered("parked_runs")).isZero();
    assertThat(service.sql("select count(*) from runtime.documents")).containsExactly("0");
  }

  @Test
  void an_audit_of_a_part_that_it_is_asked_for_shows_no_differences() {
    service.carryOut();
    String audits = "/internal/v1/projections/audits";
    assertThat(service.client().post(audits, Json.object().put("newest", 20).build()).successful())
        .isTrue();
    Scrape scrape = Scrape.of(service.client());
    assertThat(scrape.total("runtime_projection_audits_total")).isOne();
    assertThat(scrape.rows()).noneMatch(row -> row.contains("runtime_projection_differences"));
  }
}
