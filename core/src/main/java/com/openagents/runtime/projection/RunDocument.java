package com.openagents.runtime.projection;

import static com.openagents.runtime.run.SavedFields.number;
import static com.openagents.runtime.run.SavedFields.object;
import static com.openagents.runtime.run.SavedFields.time;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import java.time.Instant;

/// A document of one run on its way through the log.
///
/// @param seq the event that changed it last, 0 before any
record RunDocument<S>(
    RunProjection<S> projection, RunSubject subject, S state, long seq, Instant updatedAt) {

  static <S> RunDocument<S> first(RunProjection<S> projection, RunSubject subject) {
    return new RunDocument<>(
        projection, subject, projection.first(subject), 0, subject.createdAt());
  }

  /// @throws RuntimeException when the document is not one of this projection
  static <S> RunDocument<S> read(RunProjection<S> projection, Document document) {
    Json.Obj body = document.body();
    return new RunDocument<>(
        projection,
        RunSubject.read(body),
        projection.read(body),
        number(object(body, "runtimeSource"), "seq"),
        time(body, "updatedAt"));
  }

  RunDocument<S> apply(Envelope event) {
    return event.event() instanceof Event.Known known && !projection.reads(known.is())
        ? note(event.seq(), known.type(), event.occurredAt())
        : with(projection.apply(state, event), event.seq(), event.occurredAt());
  }

  RunDocument<S> note(long at, String type, Instant time) {
    return with(projection.note(state, at, type, time), at, time);
  }

  RunDocument<S> pass(long at, String type, Instant time) {
    return with(projection.pass(state, at, type, time), at, time);
  }

  private RunDocument<S> with(S changed, long at, Instant time) {
    return changed.equals(state) ? this : new RunDocument<>(projection, subject, changed, at, time);
  }

  Document document() {
    Entity entity = Entity.of(subject.runId());
    Json.Builder body =
        DocumentBody.begin(projection.id(), entity, seq, subject.owner())
            .put("updatedAt", updatedAt);
    subject.write(body);
    projection.write(state, body);
    return Document.of(projection.id(), entity, seq, subject.owner(), body.build());
  }
}
