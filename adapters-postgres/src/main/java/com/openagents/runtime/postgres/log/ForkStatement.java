package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.postgres.log.Column.bytea;
import static com.openagents.runtime.postgres.log.Column.int4;
import static com.openagents.runtime.postgres.log.Column.int8;
import static com.openagents.runtime.postgres.log.Column.text;

import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.RunEvent.RunForked;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.postgres.log.EventColumns.Placed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The statement that begins a fork: alone, for it takes as long as there is to copy.
final class ForkStatement {

  static final String SQL = Sql.read("append_fork.sql");

  private static final List<Column<Fork>> WANTED =
      List.of(
          text(f -> f.append().runId().toString()),
          text(f -> key(f.append().precondition().owner())),
          text(f -> f.columns().run().status()),
          text(f -> WriteColumns.waitingFor(f.columns().run())),
          int4(f -> f.columns().recoveries()),
          text(f -> f.created().spec().threadId().value()),
          text(f -> f.created().spec().owner().key()),
          text(f -> f.created().spec().agent().name()),
          int4(f -> f.created().spec().agent().version()),
          bytea(f -> f.created().content().bytes()),
          text(f -> EventColumns.traceId(f.append())),
          text(f -> f.copied().from().toString()),
          int8(f -> f.copied().atSeq()),
          int8(_ -> Append.COPIED_BYTES_MAX));

  private record Fork(Append append, RunCreated created, RunForked copied, Columns columns) {}

  private ForkStatement() {}

  static boolean takes(PreparedWrite write) {
    return write.append().fork() != null;
  }

  /// @throws IllegalArgumentException when the write begins no fork
  static Appended write(Connection connection, PreparedWrite write) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      int bound = Column.bind(statement, 0, WANTED, fork(write));
      Column.bind(statement, bound, EventColumns.EVENT, Placed.of(List.of(write)));
      AppendRow row = AppendStatement.rows(statement).getFirst();
      return row.outcome(Math.toIntExact(row.lastSeq()));
    }
  }

  private static Fork fork(PreparedWrite write) {
    RunCreated created = write.created();
    RunForked copied = write.append().fork();
    Columns columns = write.append().columns();
    if (created == null || copied == null || columns == null) {
      throw new IllegalArgumentException("no fork");
    }
    return new Fork(write.append(), created, copied, columns);
  }

  private static @Nullable String key(@Nullable Principal principal) {
    return principal == null ? null : principal.key();
  }
}
