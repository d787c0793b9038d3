package com.openagents.runtime.app.hostile;

import com.openagents.runtime.app.drill.DrillReport;
import com.openagents.runtime.app.machine.Machine;
import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What attackers did to a service and what became of it.
///
/// @param before the service at rest, when it had worked for a while
/// @param after the same when the attackers were gone
/// @param lives whether it is the same process still
/// @param wrong what well-behaved users were not served as they should have been
record HostileReport(
    HostileSettings settings,
    Rest before,
    List<Phase> phases,
    Rest after,
    boolean lives,
    List<String> wrong)
    implements DrillReport {

  /// Code, classes, stacks and the virtual machine itself.
  private static final int BESIDE_HEAP_MIB = 256;

  private static final int WRONG_SHOWN = 20;

  HostileReport {
    phases = List.copyOf(phases);
    wrong = List.copyOf(wrong);
  }

  /// The most that the process may occupy: the heap, as much again of buffers outside of it, which
  /// is what the virtual machine allows, and what it needs beside.
  int residentMaxMiB() {
    return 2 * settings.heapMiB() + BESIDE_HEAP_MIB;
  }

  @Override
  public boolean lawful() {
    return breaches().isEmpty();
  }

  List<String> breaches() {
    List<String> found = new ArrayList<>();
    if (!lives) {
      String last = phases.isEmpty() ? "the warming up" : phases.getLast().name();
      found.add(HostileLaw.LIVES.broken("it ended in or after " + last));
    }
    for (Phase phase : phases) {
      judge(phase, found);
    }
    wrong.stream().limit(WRONG_SHOWN).map(HostileLaw.SERVED_RIGHT::broken).forEach(found::add);
    if (lives && !after.isLike(before)) {
      found.add(
          HostileLaw.NOTHING_LEFT.broken(
              "%s before, %s after"
                  .formatted(
                      CanonicalJson.write(before.json()), CanonicalJson.write(after.json()))));
    }
    return found;
  }

  private void judge(Phase phase, List<String> found) {
    long resident = phase.peak().resident() >> 20;
    if (resident > residentMaxMiB()) {
      found.add(
          HostileLaw.MEMORY_BOUNDED.broken(
              "%s: %d MiB, at most %d".formatted(phase.name(), resident, residentMaxMiB())));
    }
    phase
        .tallies()
        .forEach((attack, tally) -> {
          String where = phase.name() + ", " + attack.word();
          tally.statuses().keySet().stream()
              .filter(status -> status >= 500 && status != 503)
              .forEach(status -> found.add(HostileLaw.TYPED_ANSWERS.broken(where + ": " + status)));
          if (!attack.reached(tally)) {
            found.add(HostileLaw.WAS_ATTACKED.broken(where + ": it never came about"));
          }
          tally
              .brokenOff()
              .ifPresent(cause ->
                  found.add(HostileLaw.WAS_ATTACKED.broken(where + ": one went away: " + cause)));
        });
    if (phase.served() == 0) {
      found.add(HostileLaw.SERVED_RIGHT.broken(phase.name() + ": nobody was served"));
    }
    if (phase.others().runs() == 0 && !isOneOfMany(phase)) {
      found.add(HostileLaw.SERVED_RIGHT.broken(phase.name() + ": no run came to its end"));
    }
  }

  /// Whether it is one attack of a series, among which slow runs may last longer than it does.
  private static boolean isOneOfMany(Phase phase) {
    return !phase.name().equals("quiet") && !phase.name().equals("all");
  }

  @Override
  public Json.Obj json() {
    return Json.object()
        .put("drill", "hostile")
        .put("machine", Machine.now())
        .put("seed", settings.seed())
        .put("seconds", settings.time().toSeconds())
        .put("heapMaxMiB", settings.heapMiB())
        .put("residentMaxMiB", residentMaxMiB())
        .put("regulars", settings.regulars())
        .put("before", before.json())
        .put("phases", Json.array(phases.stream().<Json>map(Phase::json).toList()))
        .put("after", after.json())
        .put("breaches", Json.array(breaches().stream().map(Json::of).toList()))
        .build();
  }

  /// A phase for people.
  static String line(Phase phase) {
    StringBuilder line = new StringBuilder("%-12s".formatted(phase.name()));
    line.append(
        String.format(
            Locale.ROOT,
            "resident %d/%d/%d MiB  heap %d/%d/%d MiB  descriptors %d/%d/%d  threads %d/%d/%d",
            phase.before().resident() >> 20,
            phase.peak().resident() >> 20,
            phase.after().resident() >> 20,
            phase.heap().before(),
            phase.heap().peak(),
            phase.heap().after(),
            phase.before().descriptors(),
            phase.peak().descriptors(),
            phase.after().descriptors(),
            phase.before().threads(),
            phase.peak().threads(),
            phase.after().threads()));
    line.append("\n            others: %s".formatted(CanonicalJson.write(phase.others().json())));
    phase
        .tallies()
        .forEach((attack, tally) ->
            line.append(
                "\n            %s: %d connections, %d requests, %d KiB, answers %s, closed %d, held %d"
                    .formatted(
                        attack.word(),
                        tally.connections(),
                        tally.requests(),
                        tally.bytes() >> 10,
                        tally.statuses(),
                        tally.closedByService(),
                        tally.heldToTheEnd())));
    return line.toString();
  }

  /// All of it for people.
  @Override
  public String text() {
    StringBuilder out = new StringBuilder("drill hostile\n");
    out.append("machine  ").append(CanonicalJson.write(Machine.now())).append('\n');
    out.append(
        "heap at most %d MiB, resident memory at most %d MiB, seed %d, %d s\n"
            .formatted(
                settings.heapMiB(),
                residentMaxMiB(),
                settings.seed(),
                settings.time().toSeconds()));
    out.append("before, peak and after of each:\n");
    phases.forEach(phase -> out.append(line(phase)).append('\n'));
    out.append("at rest, before  ").append(CanonicalJson.write(before.json())).append('\n');
    out.append("at rest, after   ").append(CanonicalJson.write(after.json())).append('\n');
    breaches().forEach(breach -> out.append("BROKEN  ").append(breach).append('\n'));
    out.append(lawful() ? "every law held" : breaches().size() + " breaches").append('\n');
    return out.toString();
  }
}
