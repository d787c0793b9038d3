package com.openagents.runtime.app.drill;

import com.openagents.runtime.canon.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The laws of a run's streams: the same bytes for everybody, and they are the log. Pure.
final class StreamLaws {

  private StreamLaws() {}

  static List<Breach> breaches(RunEvidence run) {
    List<Breach> found = new ArrayList<>();
    Map<String, RunEvidence.Rendered> first = new HashMap<>();
    for (RunEvidence.Rendered rendered : run.rendered()) {
      RunEvidence.Rendered other = first.putIfAbsent(rendered.format(), rendered);
      if (other != null && !other.text().equals(rendered.text())) {
        found.add(
            run.breach(
                Law.SAME_BYTES,
                "%s and %s differ in %s, %s"
                    .formatted(
                        other.node(),
                        rendered.node(),
                        rendered.format(),
                        difference(other.text(), rendered.text()))));
      }
    }
    for (Dealings.Followed followed : run.dealings().followed()) {
      RunEvidence.Rendered whole = first.get(followed.format());
      if (whole != null && !whole.text().equals(followed.text())) {
        found.add(
            run.breach(
                Law.SAME_BYTES,
                "a reader of %s differs, %s"
                    .formatted(followed.format(), difference(whole.text(), followed.text()))));
      }
    }
    RunEvidence.Rendered raw = first.get(Blocks.RAW);
    if (raw != null && !Blocks.objects(raw.text()).equals(envelopes(run))) {
      found.add(run.breach(Law.STREAM_IS_LOG, "the raw stream tells other events than the pages"));
    }
    return found;
  }

  private static List<Json.Obj> envelopes(RunEvidence run) {
    return run.log().stream().map(LoggedEvent::envelope).toList();
  }

  private static String difference(String one, String other) {
    int at = 0;
    while (at < Math.min(one.length(), other.length()) && one.charAt(at) == other.charAt(at)) {
      at++;
    }
    return "from character %d on: «%s» and «%s»"
        .formatted(at, excerpt(one, at), excerpt(other, at));
  }

  private static String excerpt(String text, int at) {
    return text.substring(at, Math.min(text.length(), at + 120)).replace("\n", "\\n");
  }
}
