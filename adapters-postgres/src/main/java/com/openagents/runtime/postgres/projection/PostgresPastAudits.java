package com.openagents.runtime.postgres.projection;

import static com.openagents.runtime.postgres.projection.DocumentRows.text;
import static com.openagents.runtime.postgres.projection.DocumentRows.time;
import static org.jooq.impl.DSL.val;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.JsonLimits;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.postgres.Queries;
import com.openagents.runtime.projection.PastAudit;
import com.openagents.runtime.projection.PastAudit.Found;
import com.openagents.runtime.projection.PastAudit.Sample;
import com.openagents.runtime.projection.PastAuditJson;
import com.openagents.runtime.projection.PastAudits;
import java.util.List;
import javax.sql.DataSource;
import org.jooq.DSLContext;

/// What the last audits found, in the database of the documents. Thread-safe.
public final class PostgresPastAudits implements PastAudits {

  private static final String KEEP =
      """
      insert into runtime.projection_audits (sample, at, found)
      values ({0}, clock_timestamp(), {1}::json)
      on conflict (sample) do update set at = excluded.at, found = excluded.found
      """;

  private static final String LATEST =
      "select sample, at, found::text as found from runtime.projection_audits order by at desc";

  private final DSLContext queries;

  public PostgresPastAudits(DataSource dataSource) {
    this.queries = Queries.over(dataSource);
  }

  @Override
  public void keep(Sample sample, Found found) {
    queries.execute(KEEP, val(sample.name()), val(CanonicalJson.write(PastAuditJson.write(found))));
  }

  @Override
  public List<PastAudit> latest() {
    return queries
        .resultQuery(LATEST)
        .fetch(row ->
            new PastAudit(
                Sample.valueOf(text(row, "sample")),
                PastAuditJson.read(JsonReader.readObject(text(row, "found"), JsonLimits.STORED)),
                time(row, "at")));
  }
}
