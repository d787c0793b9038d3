package com.openagents.runtime.app.running;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.client.Reply;
import com.openagents.runtime.http.client.RuntimeClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What an audit of everything found, walked to its end.
///
/// @param clean whether nothing differed, but for what is on its way
/// @param shown documents that were compared in the deployment
/// @param found differences by place and kind: `convex orphan`
/// @param evidence a line for each difference
public record Audited(boolean clean, long shown, Map<String, Long> found, List<String> evidence) {

  /// Asks for it.
  ///
  /// @return with nothing shown while the deployment does not answer
  public static Audited by(RuntimeClient client) {
    Audited all = new Audited(true, 0, Map.of(), List.of());
    @Nullable Json after = null;
    do {
      Reply page =
          client.post("/internal/v1/projections/audits", Json.object().put("after", after).build());
      if (!page.successful()) {
        return new Audited(false, 0, Map.of(), List.of());
      }
      all = all.and(page.body());
      after = page.body().get("next");
    } while (after instanceof Json.Str);
    return all;
  }

  /// Whether so many documents are in the deployment as they must be, and nothing is on its way.
  public boolean shows(long documents) {
    return clean && found.isEmpty() && shown == documents;
  }

  private Audited and(Json.Obj page) {
    Map<String, Long> more = new TreeMap<>(found);
    fields(page, "found")
        .forEach((place, kinds) ->
            ((Json.Obj) kinds)
                .fields()
                .forEach(
                    (kind, count) -> more.merge(place + " " + kind, number(count), Long::sum)));
    List<String> lines = new ArrayList<>(evidence);
    if (page.get("evidence") instanceof Json.Arr(List<Json> evidence)) {
      evidence.forEach(line -> lines.add(((Json.Str) line).value()));
    }
    Json compared = fields(page, "compared").getOrDefault("convex", Json.of(0));
    return new Audited(
        clean && Json.TRUE.equals(page.get("clean")), shown + number(compared), more, lines);
  }

  private static Map<String, Json> fields(Json.Obj page, String name) {
    return page.get(name) instanceof Json.Obj object ? object.fields() : Map.of();
  }

  private static long number(Json count) {
    return count instanceof Json.Num(double number) ? (long) number : 0;
  }
}
