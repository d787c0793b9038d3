package com.openagents.runtime.postgres.projection;

import static com.openagents.runtime.postgres.projection.DocumentRows.number;
import static com.openagents.runtime.postgres.projection.DocumentRows.text;
import static org.jooq.impl.DSL.val;

import com.openagents.runtime.postgres.Queries;
import com.openagents.runtime.projection.ProjectionSink.Standing;
import com.openagents.runtime.projection.SinkStreams;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Where the streams of sinks stand, in the database of the documents. Thread-safe.
public final class PostgresSinkStreams implements SinkStreams {

  private final DSLContext queries;
  private final Fence fence;

  public PostgresSinkStreams(DataSource dataSource) {
    this.queries = Queries.over(dataSource);
    this.fence = new Fence(dataSource);
  }

  @Override
  public Map<String, Standing> standing(String sink) {
    return queries
        .resultQuery(
            "select projection, generation, position from runtime.sink_streams where sink = {0}",
            val(sink))
        .fetchMap(
            row -> text(row, "projection"),
            row -> new Standing(number(row, "generation"), number(row, "position")));
  }

  @Override
  public Map<String, Long> reserved(String sink) {
    return queries
        .resultQuery(
            "select projection, reserved from runtime.sink_streams where sink = {0}", val(sink))
        .fetchMap(row -> text(row, "projection"), row -> number(row, "reserved"));
  }

  @Override
  public boolean reserve(long epoch, String sink, String projection, long position) {
    return fence.write(
            epoch, SinkStreamStatements.RESERVE, val(sink), val(projection), val(position))
        > 0;
  }

  @Override
  public void stands(long epoch, String sink, String projection, Standing standing) {
    fence.write(
        epoch,
        SinkStreamStatements.STANDS,
        val(sink),
        val(projection),
        val(standing.generation()),
        val(standing.position()));
  }

  @Override
  public void ended(long epoch, String sink, String projection) {
    fence.write(epoch, SinkStreamStatements.ENDED, val(sink), val(projection));
  }

  @Override
  public void stays(long epoch, String sink, String projection, @Nullable String reason) {
    fence.write(
        epoch, SinkStreamStatements.STAYS, val(sink), val(projection), val(reason, String.class));
  }

  @Override
  public List<Leaving> leaving(Collection<String> told) {
    return queries
        .resultQuery(SinkStreamStatements.LEAVING, Each.text(told, name -> name))
        .fetch(row ->
            new Leaving(
                text(row, "sink"), text(row, "projection"), row.get("stays", String.class)));
  }

  @Override
  public boolean letGo(String sink, String projection) {
    return queries.execute(SinkStreamStatements.LET_GO, val(sink), val(projection)) > 0;
  }
}
