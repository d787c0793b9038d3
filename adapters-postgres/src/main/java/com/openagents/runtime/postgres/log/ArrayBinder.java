package com.openagents.runtime.postgres.log;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Binds one array for each column of `rows`, parameter after parameter.
///
/// Only types that the driver sends in binary form are used; the statement casts to the others.
final class ArrayBinder<R> {

  private final PreparedStatement statement;
  private final List<R> rows;
  private int index;

  /// @param bound how many parameters before these are bound already
  ArrayBinder(PreparedStatement statement, int bound, List<R> rows) {
    this.statement = statement;
    this.index = bound;
    this.rows = rows;
  }

  int bound() {
    return index;
  }

  ArrayBinder<R> text(Function<R, @Nullable String> column) throws SQLException {
    return bind("text", column, new String[rows.size()]);
  }

  ArrayBinder<R> int4(Function<R, @Nullable Integer> column) throws SQLException {
    return bind("int4", column, new Integer[rows.size()]);
  }

  ArrayBinder<R> int8(Function<R, @Nullable Long> column) throws SQLException {
    return bind("int8", column, new Long[rows.size()]);
  }

  ArrayBinder<R> bool(Function<R, @Nullable Boolean> column) throws SQLException {
    return bind("bool", column, new Boolean[rows.size()]);
  }

  ArrayBinder<R> bytea(Function<R, byte @Nullable []> column) throws SQLException {
    return bind("bytea", column, new byte[rows.size()][]);
  }

  private <V> ArrayBinder<R> bind(
      String type, Function<R, @Nullable V> column, @Nullable V[] values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      values[i] = column.apply(rows.get(i));
    }
    index++;
    statement.setArray(index, statement.getConnection().createArrayOf(type, values));
    return this;
  }
}
