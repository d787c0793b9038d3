package com.openagents.runtime.projector;

import com.openagents.runtime.identity.RunId;
import java.util.List;

/// How far a walk over everything has come: first over the runs, then over the documents beside the
/// log, then over those in each sink, projection by projection.
public sealed interface AuditCursor {

  /// As reports and requests have it.
  String text();

  /// Among the runs.
  ///
  /// @param after the last one that was looked at
  record Runs(RunId after) implements AuditCursor {
    @Override
    public String text() {
      return after.toString();
    }
  }

  /// Among documents.
  ///
  /// @param where `kept` for those beside the log, or the name of a sink
  /// @param after the last entity that was looked at, or empty at the beginning of the projection
  record Documents(String where, String projection, String after) implements AuditCursor {

    Documents after(String entityId) {
      return new Documents(where, projection, entityId);
    }

    @Override
    public String text() {
      return String.join("/", where, projection, after);
    }
  }

  /// @throws IllegalArgumentException when no walk comes there
  static AuditCursor parse(String text) {
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a walk does not come to control characters");
    }
    List<String> parts = List.of(text.split("/", 3));
    return parts.size() == 3
        ? new Documents(parts.get(0), parts.get(1), parts.get(2))
        : new Runs(RunId.parse(text));
  }
}
