package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.projection.PastAudit;
import com.openagents.runtime.projection.PastAudit.Found;
import com.openagents.runtime.projection.PastAudit.Sample;
import com.openagents.runtime.projection.PastAudits;
import com.openagents.runtime.testkit.guard.ProjectionSuites.KeptAudits;
import com.openagents.runtime.testkit.simulator.PortProxy;
import com.openagents.runtime.testkit.simulator.PortProxy.Instead;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Bugs of how past audits are kept.
final class PastAuditPlants {

  private static final String KEPT = "an_audit_is_kept_as_it_was_found_and_when";
  private static final String LAST = "the_last_audit_of_each_sample_is_told_the_newest_first";

  private PastAuditPlants() {}

  static List<Plant> all() {
    return Stream.concat(keeping().stream(), telling().stream()).toList();
  }

  private static List<Plant> keeping() {
    return List.of(
        keeping(
            "every audit was whole",
            found -> new Found(found.compared(), found.differences(), true, found.next())),
        keeping(
            "what an audit compared is forgotten",
            found -> new Found(Map.of(), found.differences(), found.whole(), found.next())),
        keeping(
            "what an audit found is forgotten",
            found -> new Found(found.compared(), Map.of(), found.whole(), found.next())),
        keeping(
            "where a walk goes on is forgotten",
            found -> new Found(found.compared(), found.differences(), found.whole(), null)),
        plant(
            "every audit is of everything",
            KEPT,
            "keep",
            honest ->
                (arguments, _) -> {
                  honest.keep(Sample.ALL, (Found) arguments[1]);
                  return null;
                }));
  }

  private static List<Plant> telling() {
    return List.of(
        plant(
            "nobody knows when an audit was made",
            KEPT,
            "latest",
            honest -> (_, _) -> honest.latest().stream().map(PastAuditPlants::longAgo).toList()),
        plant(
            "the last audit is told alone",
            LAST,
            "latest",
            honest -> (_, _) -> honest.latest().stream().limit(1).toList()),
        plant(
            "the oldest audit is told first",
            LAST,
            "latest",
            honest -> (_, _) -> honest.latest().reversed()));
  }

  private static PastAudit longAgo(PastAudit audit) {
    return new PastAudit(audit.sample(), audit.found(), audit.at().minus(Duration.ofDays(1)));
  }

  private static Plant keeping(String bug, UnaryOperator<Found> spoiled) {
    return plant(
        bug,
        KEPT,
        "keep",
        honest ->
            (arguments, _) -> {
              honest.keep((Sample) arguments[0], spoiled.apply((Found) arguments[1]));
              return null;
            });
  }

  private static Plant plant(
      String bug, String caughtBy, String method, Function<PastAudits, Instead> spoiled) {
    return new Plant(
        bug,
        KeptAudits.class,
        caughtBy,
        planted ->
            planted.audits =
                PortProxy.of(
                    PastAudits.class, planted.audits, method, spoiled.apply(planted.audits)));
  }
}
