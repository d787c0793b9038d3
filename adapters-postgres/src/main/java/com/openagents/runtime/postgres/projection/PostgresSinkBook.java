package com.openagents.runtime.postgres.projection;

import static com.openagents.runtime.postgres.projection.DocumentRows.entity;
import static com.openagents.runtime.postgres.projection.DocumentRows.number;
import static com.openagents.runtime.postgres.projection.DocumentRows.text;
import static com.openagents.runtime.postgres.projection.DocumentRows.time;
import static org.jooq.impl.DSL.val;

import com.openagents.runtime.postgres.Queries;
import com.openagents.runtime.projection.Checkpoint;
import com.openagents.runtime.projection.ProjectionSink.Standing;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import com.openagents.runtime.projection.SinkBook;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// What sinks have of documents, in the database of the documents. Thread-safe.
public final class PostgresSinkBook implements SinkBook {

  private static final int RETRIED_AT_ONCE = 2_000;

  private final DSLContext queries;
  private final Fence fence;

  public PostgresSinkBook(DataSource dataSource) {
    this.queries = Queries.over(dataSource);
    this.fence = new Fence(dataSource);
  }

  @Override
  public void lost(long epoch, String sink, Map<String, Standing> standing) {
    List<Map.Entry<String, Standing>> all = List.copyOf(standing.entrySet());
    fence.write(
        epoch,
        SinkStatements.LOST,
        val(sink),
        Each.text(all, Map.Entry::getKey),
        Each.number(all, e -> e.getValue().generation()),
        Each.number(all, e -> e.getValue().position()));
  }

  @Override
  public Optional<Instant> unknownUntil(String sink, String projection) {
    return queries
        .resultQuery(SinkStatements.UNKNOWN_UNTIL, val(sink), val(projection))
        .fetchOptional(row -> time(row, "noted_since"));
  }

  @Override
  public Older older(String sink, String projection, Instant until) {
    return queries
        .resultQuery(SinkStatements.OLDER, val(sink), val(projection), val(until.toString()))
        .fetchSingle(row -> Older.valueOf(text(row, "older")));
  }

  @Override
  public List<Due> due(String sink, Collection<String> told, int limit) {
    return queries
        .resultQuery(SinkStatements.DUE, val(sink), Each.text(told, name -> name), val(limit))
        .fetch(PostgresSinkBook::due);
  }

  private static Due due(Record row) {
    boolean there = row.get("hash", String.class) != null;
    return new Due(
        text(row, "projection"),
        entity(row),
        there ? DocumentRows.kept(row) : null,
        DocumentRows.checkpoint(row, "there"));
  }

  @Override
  public void taken(long epoch, String sink, List<Taken> taken) {
    if (!taken.isEmpty()) {
      fence.write(
          epoch,
          SinkStatements.TAKEN,
          val(sink),
          Each.text(taken, Taken::projection),
          Each.text(taken, t -> t.entity().id()),
          there(taken, Checkpoint::generation),
          there(taken, Checkpoint::seq),
          there(taken, there -> (long) there.version()),
          Each.text(taken, t -> t.there() == null ? null : t.there().hash().hex()));
    }
  }

  private static Field<Long[]> there(List<Taken> taken, Function<Checkpoint, Long> part) {
    return Each.number(taken, t -> t.there() == null ? null : part.apply(t.there()));
  }

  @Override
  public void park(long epoch, String sink, Due due, String reason) {
    KeptDocument wanted = due.wanted();
    Checkpoint form = wanted == null ? null : wanted.checkpoint();
    fence.write(
        epoch,
        SinkStatements.PARK,
        val(sink),
        val(due.projection()),
        val(due.entity().id()),
        val(reason),
        val(form == null ? null : form.generation(), Long.class),
        val(form == null ? null : form.seq(), Long.class),
        val(form == null ? null : form.version(), Integer.class),
        val(form == null ? null : form.hash().hex(), String.class));
  }

  @Override
  public int retry(String sink) {
    long retried = 0;
    long looked;
    do {
      Record row =
          queries.resultQuery(SinkStatements.RETRY, val(sink), val(RETRIED_AT_ONCE)).fetchSingle();
      retried += number(row, "done");
      looked = number(row, "looked");
    } while (looked == RETRIED_AT_ONCE);
    return Math.toIntExact(retried);
  }

  @Override
  public List<ParkedDocument> parked(String sink, int limit) {
    return queries
        .resultQuery(SinkStatements.PARKED, val(sink), val(limit))
        .fetch(row ->
            new ParkedDocument(
                text(row, "projection"),
                entity(row),
                DocumentRows.checkpoint(row, "wanted"),
                text(row, "parked_reason"),
                time(row, "parked_at")));
  }

  @Override
  public void reset(long epoch, String sink, String projection, @Nullable String entityId) {
    fence.write(
        epoch, SinkStatements.RESET, val(sink), val(projection), val(entityId, String.class));
  }

  @Override
  public Map<String, Held> held(String sink, String projection, Collection<String> entityIds) {
    return queries
        .resultQuery(SinkStatements.HELD, val(sink), val(projection), Each.keepable(entityIds))
        .fetchMap(row -> text(row, "entity_id"), DocumentRows::held);
  }
}
