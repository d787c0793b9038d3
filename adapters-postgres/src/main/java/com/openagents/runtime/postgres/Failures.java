package com.openagents.runtime.postgres;

import com.openagents.runtime.log.StoreUnavailable;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// What PostgreSQL's error codes mean to a caller.
public final class Failures {

  private Failures() {}

  /// Whether the values of the statement are to blame, so that it would fail again: data
  /// exceptions, violated constraints, exceeded limits. Such a statement changed nothing.
  public static boolean blamesTheValues(SQLException failure) {
    return switch (codeClass(failure)) {
      case "22", "23", "54" -> true;
      default -> false;
    };
  }

  /// Whether the statement lost a race and changed nothing, so that it may be made again at once.
  public static boolean lostARace(SQLException failure) {
    String state = failure.getSQLState();
    return "40001".equals(state) || "40P01".equals(state);
  }

  /// Whether the statement gave up because it had waited for a lock, or taken too long altogether;
  /// it changed nothing.
  public static boolean waitedTooLong(SQLException failure) {
    String state = failure.getSQLState();
    return "55P03".equals(state) || "57014".equals(state);
  }

  public static StoreUnavailable unavailable(SQLException failure) {
    return unavailable(failure.getSQLState(), failure);
  }

  /// @param state the error code, or null when the server did not answer with one
  public static StoreUnavailable unavailable(@Nullable String state, Exception failure) {
    String code = state == null ? "" : " (" + state + ")";
    return new StoreUnavailable("PostgreSQL did not do what was asked" + code, failure);
  }

  private static String codeClass(SQLException failure) {
    String state = failure.getSQLState();
    return state == null || state.length() != 5 ? "" : state.substring(0, 2);
  }
}
