package com.openagents.runtime.postgres.projection;

import static com.openagents.runtime.postgres.projection.DocumentRows.COLUMNS;
import static com.openagents.runtime.postgres.projection.DocumentRows.number;
import static com.openagents.runtime.postgres.projection.DocumentRows.text;
import static org.jooq.impl.DSL.val;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.ChangeFeed.Position;
import com.openagents.runtime.postgres.Queries;
import com.openagents.runtime.projection.ProjectionId;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.ReadRow;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Documents in PostgreSQL, in the database of the log. Thread-safe.
public final class PostgresProjectionStore implements ProjectionStore {

  private static final String THROUGH =
      """
      select run_id, through_seq from runtime.projected_runs
      where run_id = any ({0}::text[]::uuid[]) and through_seq > 0
      """;

  static final String ABOUT =
      """
      select %s from runtime.documents d
      where d.entity_id = any ({0}::text[]) and d.entity_kind = {1}
      """
          .formatted(COLUMNS);

  static final String FIND =
      "select %s from runtime.documents d where d.projection = {0} and d.entity_id = {1}"
          .formatted(COLUMNS);

  static final String PAGE =
      """
      select %s from runtime.documents d where d.projection = {0} and d.entity_id > {1}
      order by d.entity_id limit {2}
      """
          .formatted(COLUMNS);

  private static final String BEGIN =
      Fence.BEGIN
          + """
          , begun as (
            insert into runtime.projections as p (projection, generation, version)
            select {1}, {2}, {3} from fence
            on conflict (projection) do update
            set generation = excluded.generation, version = excluded.version
            where excluded.generation > p.generation
          )
          select (select count(*) from fence) as held, 0::bigint as done
          """;

  private static final String LAPSE =
      Fence.BEGIN
          + """
          , lapsed as (
            update runtime.projections p set version = 0 from fence
            where p.projection = any({1}) and p.version > 0
          )
          select (select count(*) from fence) as held, 0::bigint as done
          """;

  static final String SWEEP =
      Fence.counting(
          "gone",
          """
          , old as materialized (
            select d.projection, d.entity_id
            from runtime.documents d
            where d.projection = {1}
              and d.generation <
                (select p.generation from runtime.projections p where p.projection = {1})
              and exists (select from fence)
            order by d.projection, d.generation limit {2}
            for update of d
          ), marks as materialized (
            select m.sink, m.projection, m.entity_id
            from old o join runtime.sinks s on not s.forgotten
              join runtime.sink_documents m
                on m.sink = s.sink and m.projection = o.projection and m.entity_id = o.entity_id
            order by m.sink, m.projection, m.entity_id
            for update of m
          ), gone as (
            delete from runtime.documents d using old o
            where d.projection = o.projection and d.entity_id = o.entity_id
            returning d.projection, d.entity_id
          ), marked as (
            update runtime.sink_documents m set
              wanted_generation = null, wanted_seq = null, wanted_version = null, wanted_hash = null,
              parked_reason = null, parked_at = null, due_since = clock_timestamp()
            from marks k
            where m.sink = k.sink and m.projection = k.projection and m.entity_id = k.entity_id
          )
          """);

  /// The row of the projection goes with the step that finds nothing, of documents and of marks.
  static final String RETIRE =
      Fence.counting(
          "old",
          """
          , old as materialized (
            select d.projection, d.entity_id
            from runtime.documents d
            where d.projection = {1} and exists (select from fence)
            order by d.projection, d.entity_id limit {2}
            for update of d
          ), marks as materialized (
            select m.sink, m.projection, m.entity_id
            from (select s.sink from runtime.sinks s order by s.sink) s
              cross join lateral (
                select k.sink, k.projection, k.entity_id from runtime.sink_documents k
                where k.sink = s.sink and k.projection = {1} and exists (select from fence)
                order by k.sink, k.projection, k.entity_id limit {2}
                for update of k
              ) m
          ), gone as (
            delete from runtime.documents d using old o
            where d.projection = o.projection and d.entity_id = o.entity_id
          ), unmarked as (
            delete from runtime.sink_documents m using marks k
            where m.sink = k.sink and m.projection = k.projection and m.entity_id = k.entity_id
          ), leaving as (
            update runtime.projections p set version = 0 from fence
            where p.projection = {1} and p.version > 0
              and (exists (select from old) or exists (select from marks))
          ), ended as (
            delete from runtime.projections p using fence
            where p.projection = {1} and not exists (select from old)
              and not exists (select from marks)
          )
          """);

  static final String OUTDATED =
      """
      select %s from runtime.documents d
      where d.projection = {0}
        and d.generation <
          (select p.generation from runtime.projections p where p.projection = {0})
      order by d.projection, d.generation limit {1}
      """
          .formatted(COLUMNS);

  private static final String PARKED =
      """
      select run_id, parked_seq, parked_reason from runtime.projected_runs
      where parked_reason is not null order by parked_at limit {0}
      """;

  private final DSLContext queries;
  private final Fence fence;

  public PostgresProjectionStore(DataSource dataSource) {
    this.queries = Queries.over(dataSource);
    this.fence = new Fence(dataSource);
  }

  @Override
  public Map<RunId, Long> through(Collection<RunId> runs) {
    Map<RunId, Long> through = new HashMap<>();
    queries
        .resultQuery(THROUGH, Each.text(runs, RunId::toString))
        .forEach(row ->
            through.put(new RunId(row.get("run_id", UUID.class)), number(row, "through_seq")));
    return through;
  }

  @Override
  public List<KeptDocument> about(String entityKind, Collection<String> ids) {
    return queries
        .resultQuery(ABOUT, Each.keepable(ids), val(entityKind))
        .fetch(DocumentRows::kept);
  }

  @Override
  public Optional<KeptDocument> find(String projection, String entityId) {
    return entityId.indexOf(0) >= 0
        ? Optional.empty()
        : queries
            .resultQuery(FIND, val(projection), val(entityId))
            .fetchOptional(DocumentRows::kept);
  }

  @Override
  public List<KeptDocument> page(String projection, String after, int limit) {
    return queries
        .resultQuery(PAGE, val(projection), val(after), val(limit))
        .fetch(DocumentRows::kept);
  }

  @Override
  public Optional<Position> position() {
    return queries
        .resultQuery("select position from runtime.projection_position")
        .fetchOptional(row -> new Position(text(row, "position")));
  }

  @Override
  public Map<String, Generation> generations() {
    Map<String, Generation> generations = new HashMap<>();
    queries
        .resultQuery("select projection, generation, version from runtime.projections")
        .forEach(row ->
            generations.put(
                text(row, "projection"),
                new Generation(number(row, "generation"), row.get("version", Integer.class))));
    return generations;
  }

  @Override
  public void commit(long epoch, Commit commit) {
    fence.write(epoch, CommitStatement.TEXT, CommitStatement.parameters(commit));
  }

  @Override
  public void begin(long epoch, ProjectionId projection, long generation) {
    fence.write(epoch, BEGIN, val(projection.name()), val(generation), val(projection.version()));
  }

  @Override
  public void lapse(long epoch, Set<String> projections) {
    fence.write(epoch, LAPSE, val(projections.toArray(String[]::new)));
  }

  @Override
  public int sweep(long epoch, String projection, int limit) {
    return fence.write(epoch, SWEEP, val(projection), val(limit));
  }

  @Override
  public int retire(long epoch, String projection, int limit) {
    return fence.write(epoch, RETIRE, val(projection), val(limit));
  }

  @Override
  public List<KeptDocument> outdated(String projection, int limit) {
    return queries.resultQuery(OUTDATED, val(projection), val(limit)).fetch(DocumentRows::kept);
  }

  @Override
  public List<KeptRow> rows(ReadRow.Table table, RunId runId, long after, int limit) {
    return queries
        .resultQuery(RowStatements.rows(table), val(runId.toString()), val(after), val(limit))
        .fetch(
            row -> new KeptRow(text(row, "id"), number(row, "seq"), new Digest(text(row, "hash"))));
  }

  @Override
  public List<RunId> runsOfRows(@Nullable RunId after, int limit) {
    return queries
        .resultQuery(
            RowStatements.RUNS,
            val(after == null ? null : after.toString(), String.class),
            val(limit))
        .fetch(row -> new RunId(row.get("run_id", UUID.class)));
  }

  /// Both tables are looked at each time, each for as many.
  @Override
  public int removeRows(long epoch, List<Stretch> stretches, Collection<String> told, int limit) {
    return fence.write(
        epoch,
        RowStatements.REMOVE,
        Each.text(stretches, stretch -> stretch.runId().toString()),
        Each.number(stretches, Stretch::after),
        Each.number(stretches, Stretch::through),
        Each.text(told, id -> id),
        val(limit));
  }

  @Override
  public List<ParkedRun> parked(int limit) {
    return queries
        .resultQuery(PARKED, val(limit))
        .fetch(row ->
            new ParkedRun(
                new RunId(row.get("run_id", UUID.class)),
                number(row, "parked_seq"),
                text(row, "parked_reason")));
  }
}
