package com.openagents.runtime.app.hostile;

import com.openagents.runtime.canon.Json;
import java.util.Map;

/// A part of a drill: what attackers did, what it cost the service, and how the others were served.
///
/// @param name of the attack, `quiet` without one, `all` with all of them
/// @param served calls that the others made and had their right answer to while it lasted
/// @param after when the attackers' connections were closed
record Phase(
    String name,
    Map<Attack, Tally> tallies,
    Vitals before,
    Vitals peak,
    Vitals after,
    Heap.Extremes heap,
    Ledger others,
    long served) {

  Json.Obj json() {
    Json.Builder attacks = Json.object();
    tallies.forEach((attack, tally) -> attacks.put(attack.word(), json(tally)));
    return Json.object()
        .put("phase", name)
        .put("attackers", attacks.build())
        .put("before", before.json())
        .put("peak", peak.json())
        .put("after", after.json())
        .put("heap", heap.json())
        .put("others", others.json())
        .put("callsServedMeanwhile", served)
        .build();
  }

  private static Json.Obj json(Tally tally) {
    Json.Builder statuses = Json.object();
    tally.statuses().forEach((status, count) -> statuses.put(Integer.toString(status), count));
    return Json.object()
        .put("connections", tally.connections())
        .put("requests", tally.requests())
        .put("sentKiB", tally.bytes() >> 10)
        .put("answers", statuses.build())
        .put("closedByService", tally.closedByService())
        .put("heldToTheEnd", tally.heldToTheEnd())
        .build();
  }
}
