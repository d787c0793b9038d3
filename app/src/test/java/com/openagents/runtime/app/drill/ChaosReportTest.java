package com.openagents.runtime.app.drill;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChaosReportTest {

  private final FaultCount count = new FaultCount();
  private final Findings findings = new Findings();
  private Set<Fault> ordered = Set.of(Fault.KILL, Fault.DISK);

  private ChaosReport report() {
    Json.Builder paths = Json.object();
    Json.Obj operation = Json.object().put("responses", Json.Obj.EMPTY).build();
    for (Call call : Call.values()) {
      paths.put(call.path(), Json.object().put("get", operation).put("post", operation).build());
    }
    ChaosSettings settings =
        new ChaosSettings(
            3, 1, 7, ordered, new Extent(Duration.ofSeconds(1), 1, 0), _ -> {}, _ -> {});
    return new ChaosReport(
        settings,
        Duration.ofSeconds(2),
        Duration.ofSeconds(3),
        count,
        Map.of(Fault.DISK, "needs root"),
        findings,
        Answers.documentedBy(Json.object().put("paths", paths.build()).build()),
        new ProviderBooks());
  }

  @Test
  void lawful_runs_after_enough_faults_are_a_success() {
    count.happened(Fault.KILL);
    findings.judge(new PlantedRun().evidence());
    assertThat(report().lawful()).isTrue();
    assertThat(report().text())
        .contains("every law held", "runs  1", "framesAcknowledged  2", "\"disk\":\"needs root\"");
  }

  @Test
  void a_breach_is_a_failure_and_is_named_with_its_run() {
    count.happened(Fault.KILL);
    PlantedRun run = new PlantedRun();
    run.remove("run.created");
    findings.judge(run.evidence());
    assertThat(report().lawful()).isFalse();
    assertThat(report().text()).contains("BROKEN  START_KEPT: " + run.runId, "1 breaches; seed 7");
  }

  @Test
  void breaches_of_others_count_as_well() {
    count.happened(Fault.KILL);
    findings.judge(new PlantedRun().evidence());
    findings.add(List.of(new Breach(Law.RECOVERED, "node-1", "it ended by itself")));
    assertThat(report().lawful()).isFalse();
  }

  @Test
  void a_drill_without_runs_or_with_too_few_faults_proves_nothing() {
    count.happened(Fault.KILL);
    assertThat(report().lawful()).isFalse();
    assertThat(new ChaosReportTest().withARun().report().lawful()).isFalse();
  }

  @Test
  void a_fault_that_was_ordered_and_never_happened_proves_nothing_and_is_told() {
    findings.judge(new PlantedRun().evidence());
    count.happened(Fault.KILL);
    ordered = Set.of(Fault.KILL, Fault.LOCK, Fault.DISK);
    count.failed(Fault.LOCK, "no such table");
    count.failed(Fault.LOCK, "connection refused");
    assertThat(report().lawful()).isFalse();
    assertThat(report().text())
        .contains(
            "faultsNotCaused  {\"lock\":{\"last\":\"connection refused\",\"times\":2}}",
            "never [LOCK]");
    count.happened(Fault.LOCK);
    assertThat(report().lawful()).isTrue();
  }

  private ChaosReportTest withARun() {
    findings.judge(new PlantedRun().evidence());
    return this;
  }
}
