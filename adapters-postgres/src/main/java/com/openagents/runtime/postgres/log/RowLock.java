package com.openagents.runtime.postgres.log;

/// How a statement goes about a run whose row another transaction holds.
enum RowLock {
  /// Waits, as long as the connection's `lock_timeout` allows.
  AWAITED(""),
  /// Passes it over, and answers for it at once.
  SKIPPED(" skip locked");

  private static final String LOCKING = "for no key update of r";

  private final String many;
  private final String one;

  RowLock(String clause) {
    this.many = locking(Sql.read("append.sql"), clause);
    this.one = locking(Sql.read("append_one.sql"), clause);
  }

  private static String locking(String sql, String clause) {
    if (!sql.contains(LOCKING)) {
      throw new IllegalStateException("the statement locks no row");
    }
    return sql.replace(LOCKING, LOCKING + clause);
  }

  /// The statement for many writes.
  String many() {
    return many;
  }

  /// The statement for one write to a run that exists.
  String one() {
    return one;
  }
}
