package com.openagents.runtime.projection;

import static com.openagents.runtime.run.SavedFields.flag;
import static com.openagents.runtime.run.SavedFields.number;
import static com.openagents.runtime.run.SavedFields.object;
import static com.openagents.runtime.run.SavedFields.textIfAny;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.projection.PastAudit.Found;
import java.util.Map;
import java.util.TreeMap;

/// The JSON form of what audits found, as stores keep it.
public final class PastAuditJson {

  private PastAuditJson() {}

  public static Json.Obj write(Found found) {
    return Json.object()
        .put("compared", counts(found.compared()))
        .put("found", differences(found))
        .put("whole", found.whole())
        .put("next", found.next())
        .build();
  }

  public static Json.Obj counts(Map<String, Long> counts) {
    Json.Builder out = Json.object();
    counts.forEach(out::put);
    return out.build();
  }

  /// By place and kind.
  public static Json.Obj differences(Found found) {
    Json.Builder out = Json.object();
    found.differences().forEach((place, kinds) -> out.put(place, counts(kinds)));
    return out.build();
  }

  /// @throws RuntimeException when the object has another form
  public static Found read(Json.Obj in) {
    Json.Obj found = object(in, "found");
    Map<String, Map<String, Long>> differences = new TreeMap<>();
    found.fields().keySet().forEach(place -> differences.put(place, counts(object(found, place))));
    return new Found(
        counts(object(in, "compared")), differences, flag(in, "whole"), textIfAny(in, "next"));
  }

  private static Map<String, Long> counts(Json.Obj in) {
    Map<String, Long> counts = new TreeMap<>();
    in.fields().keySet().forEach(name -> counts.put(name, number(in, name)));
    return counts;
  }
}
