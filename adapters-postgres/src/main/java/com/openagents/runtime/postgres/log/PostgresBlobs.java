package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.postgres.jooq.Tables.BLOBS;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.log.Blobs;
import com.openagents.runtime.postgres.Queries;
import java.util.Optional;
import javax.sql.DataSource;
import org.jooq.DSLContext;

/// Large payloads in a table, so that any node can serve any stream. Thread-safe.
public final class PostgresBlobs implements Blobs {

  private final DSLContext queries;

  public PostgresBlobs(DataSource dataSource) {
    this.queries = Queries.over(dataSource);
  }

  @Override
  public Digest put(byte[] content) {
    Digest digest = Digest.of(content);
    queries
        .insertInto(BLOBS)
        .set(BLOBS.DIGEST, digest.bytes())
        .set(BLOBS.CONTENT, content)
        .onConflictDoNothing()
        .execute();
    return digest;
  }

  /// @throws IllegalStateException when the stored bytes are damaged
  @Override
  public Optional<byte[]> get(Digest digest) {
    Optional<byte[]> content =
        queries
            .select(BLOBS.CONTENT)
            .from(BLOBS)
            .where(BLOBS.DIGEST.eq(digest.bytes()))
            .fetchOptional(BLOBS.CONTENT);
    content.filter(bytes -> !Digest.of(bytes).equals(digest)).ifPresent(_ -> damaged(digest));
    return content;
  }

  private static void damaged(Digest digest) {
    throw new IllegalStateException("the payload " + digest + " is damaged in the store");
  }
}
