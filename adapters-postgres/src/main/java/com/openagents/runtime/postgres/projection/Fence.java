package com.openagents.runtime.postgres.projection;

import com.openagents.runtime.postgres.Queries;
import com.openagents.runtime.projection.WriterFenced;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// Makes writes that happen only under the present epoch of the writer's lease.
///
/// The statement begins with a row `fence`, which is there while the epoch is the present one and
/// which nobody can change before the statement ends; `{0}` is the epoch.
final class Fence {

  /// How every statement begins.
  static final String BEGIN =
      """
      with fence as materialized (
        select epoch from runtime.projection_writer where epoch = {0} for share
      )\
      """;

  private final DSLContext queries;

  Fence(DataSource dataSource) {
    this.queries = Queries.over(dataSource);
  }

  /// A statement that is done under the fence.
  ///
  /// @param counted the step whose rows are what was done
  /// @param steps common table expressions, beginning with a comma
  static String counting(String counted, String steps) {
    return BEGIN
        + steps
        + "select (select count(*) from fence) as held, (select count(*) from "
        + counted
        + ") as done";
  }

  /// Makes a write.
  ///
  /// @param statement of [#counting], or begins with [#BEGIN] and ends with `select` of the number
  ///   of rows in `fence` as `held`, and of what was done as `done`
  /// @param parameters `{1}` and on
  /// @return what was done
  /// @throws WriterFenced when the epoch is over; then nothing was
  int write(long epoch, String statement, Field<?>... parameters) {
    List<Field<?>> all = new ArrayList<>();
    all.add(DSL.val(epoch));
    all.addAll(List.of(parameters));
    var row = queries.resultQuery(statement, all.toArray(Field<?>[]::new)).fetchSingle();
    if (row.get("held", Long.class) == 0) {
      throw new WriterFenced(epoch);
    }
    return row.get("done", Long.class).intValue();
  }
}
