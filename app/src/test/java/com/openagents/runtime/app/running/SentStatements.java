package com.openagents.runtime.app.running;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Notes every statement and the pool over which it is sent. Thread-safe.
final class SentStatements {

  private final List<Sent> sent = new CopyOnWriteArrayList<>();

  /// A statement.
  ///
  /// @param pool its name
  record Sent(String pool, String sql) {}

  void forget() {
    sent.clear();
  }

  List<Sent> since() {
    return List.copyOf(sent);
  }

  DataSource watch(DataSource pool) {
    try {
      String name = pool.unwrap(HikariDataSource.class).getPoolName();
      return proxy(DataSource.class, pool, name);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private <T> T proxy(Class<T> type, T real, String pool) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> call(real, pool, method, arguments)));
  }

  private @Nullable Object call(
      Object real, String pool, Method method, Object @Nullable [] arguments) throws Throwable {
    if (arguments != null && arguments[0] instanceof String sql) {
      sent.add(new Sent(pool, sql));
    }
    try {
      Object answer = method.invoke(real, arguments);
      return answer instanceof Connection connection
          ? proxy(Connection.class, connection, pool)
          : answer;
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }
}
