package com.openagents.runtime.postgres.projection;

import static com.openagents.runtime.postgres.projection.DocumentRows.number;
import static com.openagents.runtime.postgres.projection.DocumentRows.text;
import static com.openagents.runtime.postgres.projection.DocumentRows.time;
import static org.jooq.impl.DSL.val;

import com.openagents.runtime.postgres.Queries;
import com.openagents.runtime.projection.KnownSinks;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/// Which sinks there are, in the database of the documents. Thread-safe.
public final class PostgresKnownSinks implements KnownSinks {

  private final DSLContext queries;
  private final Fence fence;

  public PostgresKnownSinks(DataSource dataSource) {
    this.queries = Queries.over(dataSource);
    this.fence = new Fence(dataSource);
  }

  @Override
  public boolean register(long epoch, String sink, int limit) {
    int known = fence.write(epoch, KnownSinkStatements.KNOW, val(sink));
    if (known == KnownSinkStatements.FORGOTTEN) {
      clear(epoch, sink, limit);
      return false;
    }
    return known == KnownSinkStatements.MARKED
        || fence.write(epoch, KnownSinkStatements.MARK, val(sink), val(limit)) < limit;
  }

  @Override
  public boolean marking(String sink) {
    return is(
        "select exists (select from runtime.sinks where sink = {0} and marking and not forgotten)",
        val(sink));
  }

  @Override
  public void unshown(long epoch, String sink, Set<String> projections) {
    List<String> names = projections.stream().sorted().toList();
    fence.write(epoch, KnownSinkStatements.UNSHOWN, val(sink), Each.text(names, name -> name));
  }

  @Override
  public Set<String> unshown(String sink) {
    return queries
        .resultQuery(
            "select unnest(unshown) as projection from runtime.sinks"
                + " where sink = {0} and not forgotten",
            val(sink))
        .fetchSet(row -> text(row, "projection"));
  }

  @Override
  public Forgotten forget(String sink) {
    if (queries.execute(KnownSinkStatements.FORGET, val(sink)) > 0) {
      return Forgotten.FORGOTTEN;
    }
    return is(KnownSinkStatements.KNOWN, val(sink)) ? Forgotten.SERVED : Forgotten.UNKNOWN;
  }

  private boolean is(String question, Field<?>... parameters) {
    return queries
        .resultQuery(question, (Object[]) parameters)
        .fetchSingle(row -> row.get(0, Boolean.class));
  }

  @Override
  public boolean clearing() {
    return is("select exists (select from runtime.sinks where forgotten)");
  }

  @Override
  public boolean clear(long epoch, int limit) {
    return clear(epoch, null, limit);
  }

  private boolean clear(long epoch, @Nullable String sink, int limit) {
    return fence.write(epoch, KnownSinkStatements.CLEAR, val(sink, String.class), val(limit)) == 0;
  }

  @Override
  public List<SinkState> sinks(Collection<String> told) {
    return queries
        .resultQuery(SinkStatements.STATES, Each.text(told, name -> name))
        .fetch(row ->
            new SinkState(
                text(row, "sink"),
                row.get("paused", Boolean.class),
                row.get("marking", Boolean.class),
                number(row, "pending"),
                number(row, "parked"),
                new Behind(number(row, "behind"), number(row, "behind_p95")),
                number(row, "pending") == 0 ? null : time(row, "oldest"),
                row.get("trouble", String.class)));
  }

  @Override
  public boolean paused(String sink) {
    return queries
        .resultQuery("select paused from runtime.sinks where sink = {0}", val(sink))
        .fetchOptional(row -> row.get("paused", Boolean.class))
        .orElse(false);
  }

  @Override
  public void pause(String sink, boolean paused) {
    queries.execute(
        "update runtime.sinks set paused = {1} where sink = {0}", val(sink), val(paused));
  }

  @Override
  public void trouble(long epoch, String sink, @Nullable String trouble) {
    fence.write(epoch, KnownSinkStatements.TROUBLE, val(sink), val(trouble, String.class));
  }
}
