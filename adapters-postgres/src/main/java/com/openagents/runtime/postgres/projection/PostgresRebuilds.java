package com.openagents.runtime.postgres.projection;

import static com.openagents.runtime.postgres.projection.DocumentRows.number;
import static com.openagents.runtime.postgres.projection.DocumentRows.text;
import static com.openagents.runtime.postgres.projection.DocumentRows.time;
import static org.jooq.impl.DSL.val;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonLimits;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.postgres.Queries;
import com.openagents.runtime.projection.Rebuild;
import com.openagents.runtime.projection.Rebuild.Phase;
import com.openagents.runtime.projection.Rebuild.Progress;
import com.openagents.runtime.projection.Rebuild.Request;
import com.openagents.runtime.projection.RebuildJson;
import com.openagents.runtime.projection.Rebuilds;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;

/// Rebuilds in the database of the documents. Thread-safe.
public final class PostgresRebuilds implements Rebuilds {

  private static final String COLUMNS =
      "number, requested_at, at, request::text as request, progress::text as progress";

  private static final String REQUEST =
      """
      insert into runtime.projection_rebuilds (request, progress) values ({0}::json, {1}::json)
      returning %s
      """
          .formatted(COLUMNS);

  private static final String FIND =
      "select %s from runtime.projection_rebuilds where number = {0}".formatted(COLUMNS);

  private static final String UNFINISHED =
      "select %s from runtime.projection_rebuilds where not ended order by number limit 1"
          .formatted(COLUMNS);

  private static final String RECENT =
      "select %s from runtime.projection_rebuilds order by number desc limit {0}"
          .formatted(COLUMNS);

  private static final String SAVE =
      Fence.counting(
          "saved",
          """
          , saved as (
            update runtime.projection_rebuilds r set
              progress = {2}::json, ended = {3}, at = clock_timestamp()
            from fence where r.number = {1} and not r.ended
            returning 1
          )
          """);

  private static final String CANCEL =
      """
      update runtime.projection_rebuilds set
        ended = true, at = clock_timestamp(),
        progress = (progress::jsonb || jsonb_build_object('phase', 'canceled'))::json
      where number = {0} and not ended
      """;

  private final DSLContext queries;
  private final Fence fence;

  public PostgresRebuilds(DataSource dataSource) {
    this.queries = Queries.over(dataSource);
    this.fence = new Fence(dataSource);
  }

  @Override
  public Rebuild request(Request request) {
    Json.Obj begin = RebuildJson.write(Phase.REQUESTED, Progress.NONE);
    return queries
        .resultQuery(REQUEST, json(RebuildJson.write(request)), json(begin))
        .fetchSingle(PostgresRebuilds::rebuild);
  }

  @Override
  public Optional<Rebuild> find(long number) {
    return queries.resultQuery(FIND, val(number)).fetchOptional(PostgresRebuilds::rebuild);
  }

  @Override
  public Optional<Rebuild> unfinished() {
    return queries.resultQuery(UNFINISHED).fetchOptional(PostgresRebuilds::rebuild);
  }

  @Override
  public boolean save(long epoch, Rebuild rebuild) {
    Json.Obj progress = RebuildJson.write(rebuild.phase(), rebuild.progress());
    return fence.write(
            epoch, SAVE, val(rebuild.number()), json(progress), val(rebuild.phase().ended()))
        > 0;
  }

  @Override
  public boolean cancel(long number) {
    return queries.execute(CANCEL, val(number)) > 0;
  }

  @Override
  public List<Rebuild> recent(int limit) {
    return queries.resultQuery(RECENT, val(limit)).fetch(PostgresRebuilds::rebuild);
  }

  private static Field<String> json(Json.Obj value) {
    return val(CanonicalJson.write(value));
  }

  private static Rebuild rebuild(Record row) {
    Json.Obj progress = JsonReader.readObject(text(row, "progress"), JsonLimits.STORED);
    return new Rebuild(
        number(row, "number"),
        RebuildJson.request(JsonReader.readObject(text(row, "request"), JsonLimits.STORED)),
        RebuildJson.phase(progress),
        RebuildJson.progress(progress),
        time(row, "requested_at"),
        time(row, "at"));
  }
}
