package com.openagents.runtime.app.running;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Holds what requests read: while it holds, a read of the kind keeps its connection and does not
/// return. Thread-safe.
final class HeldReads {

  static final String OF_A_LOG = "from runtime.events e where e.run_id = ?";
  static final String OF_A_HEAD =
      "from \"runtime\".\"runs\" where \"runtime\".\"runs\".\"run_id\" = ";

  private final AtomicInteger held = new AtomicInteger();
  private volatile CountDownLatch released = new CountDownLatch(0);
  private volatile String kind = "";

  /// @param text what the statement of such a read contains
  void hold(String text) {
    kind = text;
    released = new CountDownLatch(1);
  }

  void release() {
    released.countDown();
  }

  /// How many reads are held now.
  int held() {
    return held.get();
  }

  DataSource watch(DataSource pool) {
    try {
      return pool.unwrap(HikariDataSource.class).getPoolName().equals("serving")
          ? proxy(DataSource.class, pool)
          : pool;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private <T> T proxy(Class<T> type, T real) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> call(real, method, arguments)));
  }

  private @Nullable Object call(Object real, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (arguments != null && arguments[0] instanceof String sql && sql.contains(kind)) {
      held.incrementAndGet();
      released.await();
      held.decrementAndGet();
    }
    try {
      Object answer = method.invoke(real, arguments);
      return answer instanceof Connection connection ? proxy(Connection.class, connection) : answer;
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }
}
