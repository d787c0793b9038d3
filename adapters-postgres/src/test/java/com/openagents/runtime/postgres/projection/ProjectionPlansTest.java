package com.openagents.runtime.postgres.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.val;

import com.openagents.runtime.postgres.TestDatabase;
import com.openagents.runtime.postgres.TestServer;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.ProjectionStore.Commit;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import com.openagents.runtime.projection.ProjectionStore.Written;
import com.openagents.runtime.projection.ReadRow.Table;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Every statement about documents and sinks reads no more than it is asked for, however many
/// documents there are: a statement that reads all of them is slow at first and fails in the end.
@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.TestServers#all")
class ProjectionPlansTest {

  private static final int DOCUMENTS = 20_000;

  /// More than is due, parked, outdated and asked for; far less than there is.
  private static final long READ_MAX = 4_000;

  private static final Pattern READ = Pattern.compile("Scan.*actual .*rows=([0-9.]+) loops=(\\d+)");
  private static final Pattern REMOVED = Pattern.compile("Rows Removed by .*Filter: (\\d+)");

  private static final String SINK = "convex";
  private static final String PROJECTION = "run_summary";
  private static final Field<String[]> TOLD = val(new String[] {PROJECTION, "timeline_slice"});

  private static final List<String> ROWS =
      List.of(
          "insert into runtime.projection_writer (node, epoch, expires_at)"
              + " values ('node', 1, now() + interval '1 hour')",
          "insert into runtime.projections (projection, generation, version)"
              + " values ('run_summary', 2, 1), ('timeline_slice', 2, 1)",
          """
          insert into runtime.documents (projection, entity_id, entity_kind, seq, version,
            generation, hash, owner, body, projected_at)
          select p, md5(n::text), 'run', 3, 1, case when n <= 300 then 1 else 2 end,
            sha256(n::text::bytea), 'user:1', '{}', now()
          from generate_series(1, %d) n
            cross join (values ('run_summary'), ('timeline_slice')) as projections (p)
          """
              .formatted(DOCUMENTS),
          """
          insert into runtime.sinks (sink, served_epoch, forgotten, marked_projection, marked_entity)
          values ('convex', 1, false, 'run_summary', '8'), ('left', 0, true, '', '')
          """,
          """
          insert into runtime.sink_documents (sink, projection, entity_id, entity_kind,
            wanted_generation, wanted_seq, wanted_version, wanted_hash,
            there_generation, there_seq, there_version, there_hash, due_since)
          select s.sink, d.projection, d.entity_id, d.entity_kind, d.generation, d.seq, d.version,
            d.hash, d.generation, d.seq, d.version, d.hash, now()
          from runtime.documents d cross join runtime.sinks s
          """,
          """
          update runtime.sink_documents set there_seq = 2
          where sink = 'convex' and entity_id in (
            select md5(n::text) from generate_series(301, 600) n)
          """,
          """
          update runtime.sink_documents set there_seq = 2, parked_reason = 'no', parked_at = now()
          where sink = 'convex' and entity_id in (
            select md5(n::text) from generate_series(601, 900) n)
          """,
          """
          update runtime.sink_documents set there_seq = 2,
            due_since = now() - abs(hashtext(entity_id)) * interval '1 millisecond'
          where sink = 'left'
          """,
          """
          insert into runtime.sink_documents (sink, projection, entity_id, entity_kind,
            wanted_generation, wanted_seq, wanted_version, wanted_hash,
            there_generation, there_seq, there_version, there_hash, due_since,
            parked_reason, parked_at)
          select s.sink, p, md5(n::text), 'run', 2, 3, 1, 'a', 2, 2, 1, 'a',
            now() - interval '1 day', reason,
            case when reason is not null then now() - n * interval '1 second' end
          from generate_series(1, %d) n
            cross join (values ('told_no_more', null), ('parked', 'no')) as untold (p, reason)
            cross join runtime.sinks s
          """
              .formatted(DOCUMENTS),
          """
          insert into runtime.read_run_events (event_id, run_id, seq, at, type)
          select md5(n::text), md5((n / 10)::text)::uuid, n %% 10, now(), 'a.b'
          from generate_series(1, %d) n
          """
              .formatted(DOCUMENTS),
          """
          insert into runtime.read_messages
            (message_id, run_id, seq, at, thread_id, owner, role, interrupted, body)
          select event_id, run_id, seq, at, 't', 'user:1', 'user', false, 'x'
          from runtime.read_run_events
          """,
          "analyze runtime.documents, runtime.sink_documents, runtime.sinks, runtime.projections,"
              + " runtime.read_messages, runtime.read_run_events");

  private final TestDatabase database;

  ProjectionPlansTest(TestServer server) {
    database = TestDatabase.emptiedOn(server);
  }

  /// A row is rewritten in its page, and no index is touched, only where none of its indexes has a
  /// column that changed.
  @Test
  void what_each_write_of_a_document_changes_stands_in_no_index() {
    assertThat(
            database.sql(
                """
                select distinct a.attname from pg_index i
                  join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
                where i.indrelid = 'runtime.documents'::regclass
                """))
        .contains("owner")
        .doesNotContain("seq", "projected_at", "hash", "body");
  }

  @Test
  void no_statement_reads_more_than_it_is_asked_for() throws Exception {
    ROWS.forEach(database::sql);
    try (var connection = database.pools().projecting().getConnection()) {
      connection.setAutoCommit(false);
      DSLContext queries = DSL.using(connection, SQLDialect.POSTGRES);
      statements()
          .forEach((statement, parameters) -> {
            List<Field<?>> all = List.of(parameters);
            String plan =
                String.join(
                    "\n",
                    queries
                        .resultQuery(
                            "explain (analyze, costs off, timing off, summary off) " + statement,
                            all.toArray(Field<?>[]::new))
                        .fetch(0, String.class));
            assertThat(plan)
                .doesNotContain(
                    "Seq Scan on documents", "Seq Scan on sink_documents", "Seq Scan on read_");
            assertThat(read(plan)).as(plan).isLessThan(READ_MAX);
            queries.execute("rollback");
          });
    }
  }

  @Test
  void any_number_of_parked_documents_is_tried_again_in_steps() {
    ROWS.forEach(database::sql);
    database.sql(
        "update runtime.sink_documents set there_seq = 2, parked_reason = 'no', parked_at = now()"
            + " where sink = 'convex' and projection = 'timeline_slice'");
    var book = new PostgresSinkBook(database.pools().projecting());
    assertThat(book.retry(SINK)).isEqualTo(2 * DOCUMENTS + 300);
    assertThat(book.parked(SINK, 10)).isEmpty();
    assertThat(book.retry(SINK)).isZero();
  }

  /// The most rows that one step of a plan looks at.
  private static long read(String plan) {
    long most = 0;
    Matcher read = READ.matcher(plan);
    while (read.find()) {
      long rows = Math.round(Double.parseDouble(read.group(1)));
      most = Math.max(most, rows * Long.parseLong(read.group(2)));
    }
    Matcher removed = REMOVED.matcher(plan);
    while (removed.find()) {
      most = Math.max(most, Long.parseLong(removed.group(1)));
    }
    return most;
  }

  private Map<String, Field<?>[]> statements() {
    Map<String, Field<?>[]> statements = new LinkedHashMap<>(ofDocuments());
    String[] ids =
        database.sql("select md5(n::text) from generate_series(400, 500) n").toArray(String[]::new);
    Field<String[]> names = val(Collections.nCopies(ids.length, PROJECTION).toArray(String[]::new));
    Field<Long[]> ones = val(Collections.nCopies(ids.length, 1L).toArray(Long[]::new));
    Field<String[]> hashes = val(Collections.nCopies(ids.length, "00").toArray(String[]::new));
    put(statements, KnownSinkStatements.KNOW, val(1L), val(SINK));
    put(statements, KnownSinkStatements.MARK, val(1L), val(SINK), val(100));
    put(
        statements,
        SinkStreamStatements.STANDS,
        val(1L),
        val(SINK),
        val(PROJECTION),
        val(1L),
        val(2L));
    put(statements, SinkStreamStatements.RESERVE, val(1L), val(SINK), val(PROJECTION), val(2L));
    put(statements, SinkStreamStatements.ENDED, val(1L), val(SINK), val(PROJECTION));
    put(statements, KnownSinkStatements.CLEAR, val(1L), val(null, String.class), val(100));
    put(statements, KnownSinkStatements.FORGET, val(SINK));
    put(statements, SinkStatements.STATES, TOLD);
    put(statements, SinkStatements.UNKNOWN_UNTIL, val(SINK), val(PROJECTION));
    put(statements, SinkStatements.OLDER, val(SINK), val(PROJECTION), val("2026-01-01T00:00:00Z"));
    put(statements, SinkStatements.DUE, val("left"), TOLD, val(100));
    put(
        statements,
        SinkStatements.TAKEN,
        val(1L),
        val(SINK),
        names,
        val(ids),
        ones,
        ones,
        ones,
        hashes);
    put(
        statements,
        SinkStatements.PARK,
        val(1L),
        val(SINK),
        val(PROJECTION),
        val(ids[0]),
        val("no"),
        val(2L),
        val(3L),
        val(1),
        val("00"));
    put(statements, KnownSinkStatements.TROUBLE, val(1L), val(SINK), val("away"));
    put(statements, SinkStatements.RETRY, val(SINK), val(100));
    put(statements, SinkStatements.PARKED, val(SINK), val(100));
    put(statements, SinkStatements.RESET, val(1L), val(SINK), val(PROJECTION), val(ids[0]));
    put(statements, SinkStatements.HELD, val(SINK), val(PROJECTION), val(ids));
    ofRows(statements);
    return statements;
  }

  private void ofRows(Map<String, Field<?>[]> statements) {
    String[] runs =
        database
            .sql("select md5(n::text)::uuid from generate_series(1, 200) n")
            .toArray(String[]::new);
    Field<Long[]> zeros = val(Collections.nCopies(runs.length, 0L).toArray(Long[]::new));
    Field<Long[]> ends = val(Collections.nCopies(runs.length, 99L).toArray(Long[]::new));
    String[] told =
        database.sql("select md5(n::text) from generate_series(1, 2000) n").toArray(String[]::new);
    for (Table table : Table.values()) {
      put(statements, RowStatements.rows(table), val(runs[0]), val(0L), val(100));
    }
    put(statements, RowStatements.RUNS, val(null, String.class), val(100));
    put(statements, RowStatements.RUNS, val(runs[0]), val(100));
    put(statements, RowStatements.REMOVE, val(1L), val(runs), zeros, ends, val(told), val(10_000));
  }

  private Map<String, Field<?>[]> ofDocuments() {
    Map<String, Field<?>[]> statements = new LinkedHashMap<>();
    String[] ids =
        database.sql("select md5(n::text) from generate_series(1, 100) n").toArray(String[]::new);
    put(statements, PostgresProjectionStore.ABOUT, val(ids), val("run"));
    put(statements, PostgresProjectionStore.FIND, val(PROJECTION), val(ids[0]));
    put(statements, PostgresProjectionStore.PAGE, val(PROJECTION), val("8"), val(100));
    put(statements, PostgresProjectionStore.OUTDATED, val(PROJECTION), val(100));
    put(statements, PostgresProjectionStore.SWEEP, val(1L), val(PROJECTION), val(100));
    put(statements, PostgresProjectionStore.RETIRE, val(1L), val(PROJECTION), val(100));
    List<Written> written =
        new PostgresProjectionStore(database.pools().projecting())
            .page(PROJECTION, "8", 100).stream()
                .map(KeptDocument::document)
                .map(document -> new Written(further(document), 2))
                .toList();
    Commit commit = new Commit(Map.of(), written, List.of(), List.of(), null);
    Field<?>[] parameters = CommitStatement.parameters(commit);
    Field<?>[] all = new Field<?>[parameters.length + 1];
    all[0] = val(1L);
    System.arraycopy(parameters, 0, all, 1, parameters.length);
    put(statements, CommitStatement.TEXT, all);
    return statements;
  }

  private static Document further(Document document) {
    return Document.kept(
        document.projection(), document.entity(), document.seq() + 1, document.owner(), "{}");
  }

  private static void put(Map<String, Field<?>[]> statements, String text, Field<?>... parameters) {
    statements.put(text, parameters);
  }
}
