package com.openagents.runtime.postgres.projection;

import static com.openagents.runtime.postgres.projection.DocumentRows.number;
import static com.openagents.runtime.postgres.projection.DocumentRows.text;
import static org.jooq.impl.DSL.val;

import com.openagents.runtime.projection.ProjectionSink.Standing;
import com.openagents.runtime.projection.SinkBook.Leaving;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Where the streams of sinks stand. Thread-safe.
final class SinkStreams {

  private final DSLContext queries;
  private final Fence fence;

  SinkStreams(DSLContext queries, Fence fence) {
    this.queries = queries;
    this.fence = fence;
  }

  Map<String, Standing> standing(String sink) {
    return queries
        .resultQuery(
            "select projection, generation, position from runtime.sink_streams where sink = {0}",
            val(sink))
        .fetchMap(
            row -> text(row, "projection"),
            row -> new Standing(number(row, "generation"), number(row, "position")));
  }

  Map<String, Long> reserved(String sink) {
    return queries
        .resultQuery(
            "select projection, reserved from runtime.sink_streams where sink = {0}", val(sink))
        .fetchMap(row -> text(row, "projection"), row -> number(row, "reserved"));
  }

  boolean reserve(long epoch, String sink, String projection, long position) {
    return fence.write(
            epoch, KnownSinkStatements.RESERVE, val(sink), val(projection), val(position))
        > 0;
  }

  void stands(long epoch, String sink, String projection, Standing standing) {
    fence.write(
        epoch,
        KnownSinkStatements.STANDS,
        val(sink),
        val(projection),
        val(standing.generation()),
        val(standing.position()));
  }

  void ended(long epoch, String sink, String projection) {
    fence.write(epoch, KnownSinkStatements.ENDED, val(sink), val(projection));
  }

  void stays(long epoch, String sink, String projection, @Nullable String reason) {
    fence.write(
        epoch, KnownSinkStatements.STAYS, val(sink), val(projection), val(reason, String.class));
  }

  List<Leaving> leaving(Collection<String> told) {
    return queries
        .resultQuery(KnownSinkStatements.LEAVING, Each.text(told, name -> name))
        .fetch(row ->
            new Leaving(
                text(row, "sink"), text(row, "projection"), row.get("stays", String.class)));
  }

  boolean letGo(String sink, String projection) {
    return queries.execute(KnownSinkStatements.LET_GO, val(sink), val(projection)) > 0;
  }
}
