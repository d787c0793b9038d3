package com.openagents.runtime.app.bench;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Counts what a service sends to its database. Thread-safe.
///
/// Every connection commits by itself, so a statement is a round trip, and one that writes is a
/// commit. What a node does whether anything happens or not is left out: its rounds and its hints
/// to other nodes have threads of their own, known by name.
final class StatementCount {

  private static final Pattern WRITING =
      Pattern.compile("(?i)\\b(insert\\s+into|(?<!for )update|delete\\s+from)\\b");
  private static final Pattern NODES_OWN = Pattern.compile("(oa|hint)-.*");

  private final AtomicInteger statements = new AtomicInteger();
  private final AtomicInteger commits = new AtomicInteger();

  /// How many statements, and how many of them wrote.
  record Count(int statements, int commits) {
    Count since(Count before) {
      return new Count(statements - before.statements, commits - before.commits);
    }
  }

  Count now() {
    return new Count(statements.get(), commits.get());
  }

  DataSource watch(DataSource pool) {
    return proxy(DataSource.class, pool, null);
  }

  private <T> T proxy(Class<T> type, T real, @Nullable String sql) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> call(real, method, arguments, sql)));
  }

  private @Nullable Object call(
      Object real, Method method, Object @Nullable [] arguments, @Nullable String sql)
      throws Throwable {
    String text = arguments != null && arguments[0] instanceof String given ? given : sql;
    if (method.getName().startsWith("execute") && text != null) {
      count(text);
    }
    try {
      return watched(method.getReturnType(), method.invoke(real, arguments), text);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }

  /// What a statement is asked to unwrap stays as it is: its declared type is none of these.
  private @Nullable Object watched(Class<?> type, @Nullable Object real, @Nullable String sql) {
    boolean carriesStatements =
        type == Connection.class || type == PreparedStatement.class || type == Statement.class;
    return carriesStatements && real != null ? proxyOf(type, real, sql) : real;
  }

  private <T> T proxyOf(Class<T> type, Object real, @Nullable String sql) {
    return proxy(type, type.cast(real), sql);
  }

  private void count(String sql) {
    if (NODES_OWN.matcher(Thread.currentThread().getName()).matches()) {
      return;
    }
    statements.incrementAndGet();
    if (WRITING.matcher(sql).find()) {
      commits.incrementAndGet();
    }
  }
}
