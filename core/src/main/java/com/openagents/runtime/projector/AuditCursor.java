package com.openagents.runtime.projector;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.openagents.runtime.identity.RunId;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How far a walk over everything has come: first over the runs, then over the documents beside the
/// log, then over those in each sink, projection by projection.
///
/// In the text an entity is in Base64 behind a tilde, because somebody may have put any into a
/// sink; releases before wrote it as it is.
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

    private static final Pattern TEXT =
        Pattern.compile("([a-z0-9_-]{1,64})/([a-z0-9_]{1,64})/~([A-Za-z0-9_-]*)");

    Documents after(String entityId) {
      return new Documents(where, projection, entityId);
    }

    @Override
    public String text() {
      return where
          + "/"
          + projection
          + "/~"
          + Base64.getUrlEncoder().withoutPadding().encodeToString(after.getBytes(UTF_8));
    }
  }

  /// @throws IllegalArgumentException when no walk comes there
  static AuditCursor parse(String text) {
    Matcher documents = Documents.TEXT.matcher(text);
    if (!documents.matches()) {
      return new Runs(RunId.parse(text));
    }
    String after = new String(Base64.getUrlDecoder().decode(documents.group(3)), UTF_8);
    if (documents.group(1).equals(Comparison.KEPT) && after.indexOf(0) >= 0) {
      throw new IllegalArgumentException("no document is kept under a text with U+0000");
    }
    return new Documents(documents.group(1), documents.group(2), after);
  }
}
