package com.openagents.runtime.postgres.access;

import static org.jooq.impl.DSL.val;

import com.openagents.runtime.access.Nonces;
import com.openagents.runtime.access.Verification;
import com.openagents.runtime.postgres.Queries;
import java.time.Instant;
import javax.sql.DataSource;
import org.jooq.DSLContext;

/// Remembers nonces for all nodes in tables that are not logged. Thread-safe.
///
/// After a crash the server empties such tables. The time since which nonces are remembered stands
/// in one of them, so it is lost with them and begins again with the next use; tokens issued before
/// it are refused. It begins later by the skew that clocks may have, because a token that was used
/// before the crash may say that it was issued that much later than it was. Every use forgets a few
/// nonces that have expired.
public final class PostgresNonces implements Nonces {

  private static final String USE =
      """
      with forgotten as (
        delete from runtime.nonces n
        using (
          select nonce from runtime.nonces
          where expires_at < clock_timestamp()
          order by expires_at limit 4
          for update skip locked
        ) expired
        where n.nonce = expired.nonce
      )
      insert into runtime.nonces (nonce, expires_at)
      select {0}, {1} from runtime.nonce_memory where since <= {2}
      on conflict do nothing
      """;

  private static final String REMEMBER_FROM_NOW =
      """
      insert into runtime.nonce_memory (since)
      values (clock_timestamp() + {0} * interval '1 second')
      on conflict do nothing
      """;

  private final DSLContext queries;

  public PostgresNonces(DataSource dataSource) {
    this.queries = Queries.over(dataSource);
  }

  @Override
  public boolean use(String nonce, Instant issuedAt, Instant expiresAt) {
    boolean first = queries.execute(USE, val(nonce), val(expiresAt), val(issuedAt)) == 1;
    if (!first) {
      queries.execute(REMEMBER_FROM_NOW, val(Verification.SKEW.toSeconds()));
    }
    return first;
  }
}
