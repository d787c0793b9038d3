package com.openagents.runtime.postgres;

import com.openagents.runtime.log.StoreUnavailable;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;

/// jOOQ over a pool, with failures as [StoreUnavailable].
public final class Queries {

  private Queries() {}

  public static DSLContext over(DataSource dataSource) {
    return DSL.using(
        new DefaultConfiguration()
            .set(dataSource)
            .set(SQLDialect.POSTGRES)
            .set(ExecuteListener.onException(Queries::translate)));
  }

  private static void translate(ExecuteContext context) {
    if (context.sqlException() != null) {
      context.exception(Failures.unavailable(context.sqlException()));
    } else if (context.exception() instanceof DataAccessException failure) {
      context.exception(Failures.unavailable(failure.sqlState(), failure));
    }
  }
}
