package com.openagents.runtime.app.drill;

import com.openagents.runtime.app.machine.Machine;
import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What a drill did and what it found.
///
/// @param chaos how long faults happened
/// @param recovery from the last fault until every run had ended
/// @param missing faults that cannot be made here, and why
record ChaosReport(
    ChaosSettings settings,
    Duration chaos,
    Duration recovery,
    FaultCount count,
    Map<Fault, String> missing,
    Findings findings,
    Answers answers,
    ProviderBooks books)
    implements DrillReport {

  private static final int BREACHES_SHOWN = 50;

  /// Whether every law held, of at least one run, after as many faults as were asked for, of every
  /// kind that can be made here.
  @Override
  public boolean lawful() {
    return findings.breaches().isEmpty()
        && findings.runs() > 0
        && settings.extent().reached(chaos, count, settings.faultsBut(missing.keySet()));
  }

  @Override
  public Json.Obj json() {
    Json.Builder faults = Json.object();
    count.all().forEach((fault, times) -> faults.put(fault.word(), times));
    Json.Builder unavailable = Json.object();
    missing.forEach((fault, why) -> unavailable.put(fault.word(), why));
    Json.Builder failed = Json.object();
    count.failures().forEach((fault, failures) -> failed.put(fault.word(), json(failures)));
    Json.Builder ends = Json.object();
    findings.runsByEnd().forEach(ends::put);
    Json.Builder statuses = Json.object();
    answers.counts().forEach(statuses::put);
    return Json.object()
        .put("drill", "chaos")
        .put("machine", Machine.now())
        .put("seed", settings.seed())
        .put("nodes", settings.nodes())
        .put("customers", settings.customers())
        .put("chaosSeconds", chaos.toSeconds())
        .put("recoverySeconds", recovery.toSeconds())
        .put("faults", faults.build())
        .put("faultsNotCaused", failed.build())
        .put("notAvailableHere", unavailable.build())
        .put("requests", answers.requests())
        .put("answersByStatus", statuses.build())
        .put("runs", findings.runs())
        .put("runsByEnd", ends.build())
        .put("forks", findings.forks())
        .put("framesSentTogether", findings.framesTogether())
        .put("framesAcknowledged", findings.frames())
        .put("events", findings.events())
        .put("executorsLost", findings.executorsLost())
        .put("streamsReadToTheEnd", findings.readers())
        .put("modelCalls", books.calls())
        .put("modelRequests", books.requests())
        .put("lawsChecked", Law.values().length)
        .put("breaches", Json.array(breaches().stream().map(Json::of).toList()))
        .build();
  }

  private static Json.Obj json(FaultCount.Failures failures) {
    return Json.object().put("times", failures.times()).put("last", failures.why()).build();
  }

  private List<String> breaches() {
    return findings.breaches().stream().map(Breach::toString).toList();
  }

  /// The same for people.
  @Override
  public String text() {
    StringBuilder out = new StringBuilder("drill chaos\n");
    json()
        .fields()
        .forEach((name, value) -> {
          if (!name.equals("drill") && !name.equals("breaches")) {
            out.append(name).append("  ").append(CanonicalJson.write(value)).append('\n');
          }
        });
    out.append(
        breaches().stream()
            .limit(BREACHES_SHOWN)
            .map(breach -> "BROKEN  " + breach + "\n")
            .collect(Collectors.joining()));
    out.append(verdict()).append('\n');
    return out.toString();
  }

  private String verdict() {
    if (!findings.breaches().isEmpty()) {
      return findings.breaches().size() + " breaches; seed " + settings.seed();
    }
    Set<Fault> absent = new TreeSet<>(settings.faultsBut(missing.keySet()));
    absent.removeAll(count.all().keySet());
    if (!absent.isEmpty()) {
      return "too little happened to say anything: never " + absent;
    }
    return lawful() ? "every law held" : "too little happened to say anything";
  }
}
