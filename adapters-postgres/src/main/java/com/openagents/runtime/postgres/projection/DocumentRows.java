package com.openagents.runtime.postgres.projection;

import static java.util.Objects.requireNonNull;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.projection.Checkpoint;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.Entity;
import com.openagents.runtime.projection.ProjectionId;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import com.openagents.runtime.projection.SinkBook.Held;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// Reads kept documents and checkpoints from rows.
final class DocumentRows {

  /// The columns of a document, of the table as `d`.
  static final String COLUMNS =
      """
      d.projection, d.entity_id, d.entity_kind, d.seq, d.version, d.generation, d.owner,
        encode(d.hash, 'hex') as hash, d.body::text as body, d.projected_at\
      """;

  private DocumentRows() {}

  static KeptDocument kept(Record row) {
    return new KeptDocument(
        new Document(
            new ProjectionId(text(row, "projection"), row.get("version", Integer.class)),
            entity(row),
            number(row, "seq"),
            Principal.ofKey(text(row, "owner")),
            text(row, "body"),
            new Digest(text(row, "hash"))),
        number(row, "generation"),
        time(row, "projected_at"));
  }

  static Entity entity(Record row) {
    return new Entity(text(row, "entity_kind"), text(row, "entity_id"));
  }

  /// A checkpoint from the columns whose names begin with a word; null where there is none.
  static @Nullable Checkpoint checkpoint(Record row, String word) {
    String hash = row.get(word + "_hash", String.class);
    return hash == null
        ? null
        : new Checkpoint(
            number(row, word + "_generation"),
            number(row, word + "_seq"),
            row.get(word + "_version", Integer.class),
            new Digest(hash));
  }

  /// What a sink has, from the columns `there_…` and `parked`.
  static Held held(Record row) {
    return new Held(requireNonNull(checkpoint(row, "there")), row.get("parked", Boolean.class));
  }

  static String text(Record row, String column) {
    return row.get(column, String.class);
  }

  /// A time that is there.
  static Instant time(Record row, String column) {
    return row.get(column, OffsetDateTime.class).toInstant();
  }

  static long number(Record row, String column) {
    return row.get(column, Long.class);
  }

  /// A digest as the text that `decode(…, 'hex')` takes.
  static String hex(Digest digest) {
    return digest.hex();
  }
}
