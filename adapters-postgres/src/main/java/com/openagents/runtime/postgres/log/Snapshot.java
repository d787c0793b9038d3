package com.openagents.runtime.postgres.log;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which transactions had ended at a moment, in the text form of `pg_snapshot`: `xmin:xmax:xip,…`.
///
/// @param next every transaction from this one on began later
/// @param open those before it that had not ended
record Snapshot(long next, List<String> open) {

  /// The moment before any transaction.
  static final Snapshot OF_NOTHING = new Snapshot(0, List.of());

  private static final Pattern FORM = Pattern.compile("\\d{1,19}:(\\d{1,19}):((\\d{1,19},?)*)");

  /// @throws IllegalArgumentException when the text is no snapshot
  static Snapshot parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("not a position of this store");
    }
    List<String> open = form.group(2).isEmpty() ? List.of() : List.of(form.group(2).split(","));
    return new Snapshot(Long.parseLong(form.group(1)), open);
  }

  /// The same moment, but with all from a transaction on as if it had begun later.
  Snapshot before(long transaction) {
    return transaction >= next
        ? this
        : new Snapshot(
            transaction, open.stream().filter(each -> Long.parseLong(each) < transaction).toList());
  }

  String text() {
    return next + ":" + next + ":" + String.join(",", open);
  }

  boolean isBefore(Snapshot other) {
    return next < other.next;
  }
}
