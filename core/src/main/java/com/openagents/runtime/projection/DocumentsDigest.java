package com.openagents.runtime.projection;

import com.openagents.runtime.canon.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// One digest over many documents: equal where every entity has the same text, wherever they are
/// kept.
///
/// SHA-256 over a line `<entity id> <hash>` for each document, in the order of entity ids by code
/// points.
///
/// @param count how many documents there were
public record DocumentsDigest(long count, Digest digest) {

  /// Takes documents in order. Not thread-safe.
  public static final class Builder {
    private final MessageDigest sha256 = sha256();
    private String last = "";
    private long count;

    /// @throws IllegalArgumentException when the entity does not come behind the one before
    public Builder add(String entityId, Digest hash) {
      if (count > 0 && entityId.compareTo(last) <= 0) {
        throw new IllegalArgumentException(entityId + " comes behind " + last);
      }
      last = entityId;
      count++;
      sha256.update((entityId + " " + hash + "\n").getBytes(StandardCharsets.UTF_8));
      return this;
    }

    public DocumentsDigest done() {
      return new DocumentsDigest(count, new Digest(HexFormat.of().formatHex(sha256.digest())));
    }

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }
  }
}
