package com.openagents.runtime.http.projection;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.schema.Schema;
import com.openagents.runtime.projection.CheckpointRules.Verdict;
import com.openagents.runtime.projector.DriftNotes;
import com.openagents.runtime.projector.DriftNotes.Met;
import java.util.stream.Stream;

/// How it is shown what deliveries of a node have met of drift.
final class DriftForm {

  static final Schema SCHEMA =
      Schema.object("DeliveryDrift")
          .field("nodeId", Schema.TEXT)
          .field("since", Schema.TIME)
          .field(
              "met",
              Schema.listOf(
                  Schema.object("MetDrift")
                      .field("sink", Schema.TEXT)
                      .field(
                          "reasonClass",
                          Schema.words(
                              Stream.of(Verdict.values())
                                  .filter(Verdict::drift)
                                  .map(Verdict::word)
                                  .toList()))
                      .field("count", Schema.COUNT)
                      .field("at", Schema.TIME)
                      .field("evidence", Schema.TEXT)
                      .closed()))
          .closed();

  private DriftForm() {}

  static Json of(DriftNotes notes) {
    return Json.object()
        .put("nodeId", notes.node().value())
        .put("since", notes.since())
        .put("met", Json.array(notes.met().stream().map(DriftForm::met).toList()))
        .build();
  }

  private static Json met(Met met) {
    return Json.object()
        .put("sink", met.sink())
        .put("reasonClass", met.verdict().word())
        .put("count", met.count())
        .put("at", met.at())
        .put("evidence", met.last().evidence())
        .build();
  }
}
