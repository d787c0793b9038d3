package com.openagents.runtime.projector;

import com.openagents.runtime.projection.Checkpoint;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A document, or some rows of a run, that are not what they must be.
///
/// @param where `kept` for the documents beside the log, `rows` for the rows of the read models, or
///   the name of a sink
/// @param projection whose document it is, or the table of the rows
/// @param expected what must be there, for a person
/// @param found what is there, for a person
public record Difference(
    String where, Kind kind, String projection, String entityId, String expected, String found) {

  /// The classes of an audit.
  public enum Kind {
    /// Nothing is there.
    MISSING,
    /// The same place in history has another text, or none that could be compared, because the log
    /// cannot be read that far any more; or what is there is older, and nothing newer is coming.
    HASH_MISMATCH,
    /// What is there is older, and what is newer is on its way.
    LAG,
    /// What is there is newer than the log, or than what is kept.
    AHEAD,
    /// Nothing in the log tells of it.
    ORPHAN;

    /// As reports and metrics have it.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Difference of(
      String where,
      Kind kind,
      String projection,
      String entityId,
      @Nullable Checkpoint expected,
      @Nullable Checkpoint found) {
    return new Difference(where, kind, projection, entityId, said(expected), said(found));
  }

  Difference as(Kind other) {
    return new Difference(where, other, projection, entityId, expected, found);
  }

  /// The same where nothing newer is on its way.
  Difference forGood() {
    return kind == Kind.LAG ? as(Kind.HASH_MISMATCH) : this;
  }

  /// Whether the next passes over the log will tell what is lacking.
  boolean coming() {
    return kind == Kind.LAG;
  }

  /// One line for a person.
  public String evidence() {
    return "%s %s %s %s: expected %s, found %s"
        .formatted(where, kind.word(), projection, entityId, expected, found);
  }

  /// What is there, for a person.
  static String said(@Nullable Checkpoint checkpoint) {
    return checkpoint == null ? "nothing" : place(checkpoint) + ", " + checkpoint.hash();
  }

  /// Where that stands, for a person.
  static String place(Checkpoint checkpoint) {
    return "sequence %d in version %d of generation %d"
        .formatted(checkpoint.seq(), checkpoint.version(), checkpoint.generation());
  }
}
