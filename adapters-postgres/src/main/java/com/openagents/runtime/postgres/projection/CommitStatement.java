package com.openagents.runtime.postgres.projection;

import static org.jooq.impl.DSL.val;

import com.openagents.runtime.canon.Timestamps;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.ProjectionStore.Commit;
import com.openagents.runtime.projection.ProjectionStore.ParkedRun;
import com.openagents.runtime.projection.ProjectionStore.Written;
import com.openagents.runtime.projection.ReadRow;
import com.openagents.runtime.projection.ReadRow.Message;
import com.openagents.runtime.projection.ReadRow.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jooq.Field;

/// The statement of a commit, and the order of its parameters.
final class CommitStatement {

  static final String TEXT = read();

  private CommitStatement() {}

  private static String read() {
    try (var stream = CommitStatement.class.getResourceAsStream("commit.sql")) {
      if (stream == null) {
        throw new IllegalStateException("commit.sql is not on the class path");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// `{1}` and on; `{0}` is the epoch.
  static Field<?>[] parameters(Commit commit) {
    List<Map.Entry<RunId, Long>> runs = List.copyOf(commit.runs().entrySet());
    List<Written> written = commit.documents();
    List<Message> messages = only(commit, Message.class);
    List<Step> steps = only(commit, Step.class);
    return new Field<?>[] {
      Each.text(runs, run -> run.getKey().toString()),
      Each.number(runs, Map.Entry::getValue),
      document(written, d -> d.projection().name()),
      document(written, d -> d.entity().id()),
      document(written, d -> d.entity().kind()),
      Each.number(written, w -> w.document().seq()),
      Each.number(written, w -> (long) w.document().projection().version()),
      Each.number(written, Written::generation),
      document(written, d -> d.hash().hex()),
      document(written, d -> d.owner().key()),
      document(written, Document::text),
      Each.text(messages, Message::id),
      run(messages),
      Each.number(messages, Message::seq),
      at(messages),
      Each.text(messages, m -> m.run().threadId().value()),
      Each.text(messages, m -> m.run().owner().key()),
      Each.text(messages, Message::role),
      Each.text(messages, m -> Boolean.toString(m.interrupted())),
      Each.text(messages, Message::text),
      Each.text(steps, Step::id),
      run(steps),
      Each.number(steps, Step::seq),
      at(steps),
      Each.text(steps, Step::type),
      Each.text(commit.parked(), parked -> parked.runId().toString()),
      Each.number(commit.parked(), ParkedRun::seq),
      Each.text(commit.parked(), ParkedRun::reason),
      val(commit.position() == null ? null : commit.position().token(), String.class)
    };
  }

  private static Field<String[]> document(List<Written> written, Function<Document, String> part) {
    return Each.text(written, w -> part.apply(w.document()));
  }

  private static Field<String[]> run(List<? extends ReadRow> rows) {
    return Each.text(List.<ReadRow>copyOf(rows), row -> row.run().runId().toString());
  }

  private static Field<String[]> at(List<? extends ReadRow> rows) {
    return Each.text(List.<ReadRow>copyOf(rows), row -> Timestamps.write(row.at()));
  }

  private static <R extends ReadRow> List<R> only(Commit commit, Class<R> kind) {
    return commit.rows().stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
