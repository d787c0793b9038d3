package com.openagents.runtime.http.run;

import static com.openagents.runtime.http.exchange.ProblemCode.INVALID_REQUEST;

import com.openagents.runtime.canon.Timestamps;
import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.http.exchange.Query;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.RunIndex;
import com.openagents.runtime.log.RunIndex.Before;
import org.jspecify.annotations.Nullable;

/// Reads which page of runs is asked for. The place of a page is the time and id of the last run of
/// the page before, so that pages stay true while runs are added.
final class RunPages {

  private RunPages() {}

  static RunIndex.Query query(Query query, int limit) {
    return new RunIndex.Query(
        null,
        thread(query.text("threadId")),
        status(query.text("status")),
        agent(query.text("agent")),
        before(query.text("before")),
        limit);
  }

  static String place(RunHead last) {
    return Timestamps.write(last.createdAt()) + "_" + last.runId();
  }

  private static @Nullable ThreadId thread(@Nullable String text) {
    try {
      return text == null ? null : new ThreadId(text);
    } catch (IllegalArgumentException e) {
      throw Problem.at(INVALID_REQUEST, "threadId", Forms.ID_SAID);
    }
  }

  private static @Nullable String status(@Nullable String text) {
    if (text != null && !Snapshots.STATUSES.contains(text)) {
      throw Problem.at(INVALID_REQUEST, "status", "one of " + Snapshots.STATUSES);
    }
    return text;
  }

  private static @Nullable String agent(@Nullable String text) {
    if (text != null && !text.matches(Forms.ID)) {
      throw Problem.at(INVALID_REQUEST, "agent", Forms.ID_SAID);
    }
    return text;
  }

  private static @Nullable Before before(@Nullable String text) {
    if (text == null) {
      return null;
    }
    int cut = text.indexOf('_');
    try {
      return new Before(
          Timestamps.read(text.substring(0, Math.max(cut, 0))),
          RunId.parse(text.substring(cut + 1)));
    } catch (IllegalArgumentException e) {
      throw Problem.at(INVALID_REQUEST, "before", "what the page before gave as next");
    }
  }
}
