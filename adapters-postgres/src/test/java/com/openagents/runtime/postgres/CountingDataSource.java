package com.openagents.runtime.postgres;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/// Counts the statements that go to the server, and lets one fail if asked.
public final class CountingDataSource {

  private final AtomicInteger statements = new AtomicInteger();
  private final AtomicInteger failing = new AtomicInteger();
  private final DataSource counted;

  public CountingDataSource(DataSource dataSource) {
    counted = wrap(DataSource.class, dataSource);
  }

  public DataSource counted() {
    return counted;
  }

  public int statements() {
    return statements.get();
  }

  /// Breaks the connection at the statement of this number, counted from 1.
  public void failAt(int number) {
    failing.set(number);
  }

  private void count() throws SQLException {
    if (statements.incrementAndGet() == failing.get()) {
      throw new SQLException("the connection broke", "08006");
    }
  }

  private <T> T wrap(Class<T> type, T target) {
    InvocationHandler handler =
        (_, method, arguments) -> {
          if (method.getName().startsWith("execute")) {
            count();
          }
          try {
            Object result = method.invoke(target, arguments);
            return switch (result) {
              case Connection connection -> wrap(Connection.class, connection);
              case PreparedStatement statement -> wrap(PreparedStatement.class, statement);
              case null, default -> result;
            };
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
