package com.openagents.runtime.postgres.log;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// A parameter of a statement, for one row or as an array for many.
///
/// There are only types that the driver sends in binary form; a statement casts text to the others.
record Column<R>(Type type, Function<R, @Nullable Object> value) {

  private static final Type TEXT = new Type("text", Types.VARCHAR, String[]::new);
  private static final Type INT4 = new Type("int4", Types.INTEGER, Integer[]::new);
  private static final Type INT8 = new Type("int8", Types.BIGINT, Long[]::new);
  private static final Type BOOL = new Type("bool", Types.BOOLEAN, Boolean[]::new);
  private static final Type BYTEA = new Type("bytea", Types.BINARY, byte[][]::new);

  record Type(String name, int jdbcType, IntFunction<@Nullable Object[]> array) {}

  static <R> Column<R> text(Function<R, @Nullable String> value) {
    return new Column<>(TEXT, value::apply);
  }

  static <R> Column<R> int4(Function<R, @Nullable Integer> value) {
    return new Column<>(INT4, value::apply);
  }

  static <R> Column<R> int8(Function<R, @Nullable Long> value) {
    return new Column<>(INT8, value::apply);
  }

  static <R> Column<R> bool(Function<R, @Nullable Boolean> value) {
    return new Column<>(BOOL, value::apply);
  }

  static <R> Column<R> bytea(Function<R, byte @Nullable []> value) {
    return new Column<>(BYTEA, value::apply);
  }

  /// Binds each column of a row to a parameter of its own.
  ///
  /// @param bound how many parameters before these are bound already
  /// @return how many are bound now
  static <R> int bind(PreparedStatement statement, int bound, List<Column<R>> columns, R row)
      throws SQLException {
    int index = bound;
    for (Column<R> column : columns) {
      index++;
      statement.setObject(index, column.value.apply(row), column.type.jdbcType);
    }
    return index;
  }

  /// Binds each column of many rows to an array.
  ///
  /// @param bound how many parameters before these are bound already
  /// @return how many are bound now
  static <R> int bind(PreparedStatement statement, int bound, List<Column<R>> columns, List<R> rows)
      throws SQLException {
    int index = bound;
    for (Column<R> column : columns) {
      @Nullable Object[] values = column.type.array.apply(rows.size());
      for (int i = 0; i < values.length; i++) {
        values[i] = column.value.apply(rows.get(i));
      }
      index++;
      var array = statement.getConnection().createArrayOf(column.type.name, values);
      statement.setArray(index, array);
    }
    return index;
  }
}
