package com.openagents.runtime.http.projection;

import static com.openagents.runtime.http.exchange.ProblemCode.UNPROCESSABLE;

import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.projector.AuditCursor;
import com.openagents.runtime.projector.Auditor.Sample;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/// Which runs are to be compared. Without `newest` a walk over all of them, `count` at a time, and
/// then over the documents of which no run tells.
///
/// @param after where the walk goes on: `next` of the answer before
public record AuditRequest(
    @Nullable
        @Min(value = 1, message = "a number from 1")
        @Max(value = 200, message = "a number up to 200")
        Long newest,
    @Nullable
        @Pattern(
            regexp =
                "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|"
                    + "[a-z0-9_-]{1,64}/[a-z0-9_]{1,64}/~[A-Za-z0-9_-]*",
            message = "next of the answer before")
        String after,
    @Nullable
        @Min(value = 1, message = "a number from 1")
        @Max(value = 500, message = "a number up to 500")
        Long count) {

  private static final int WALK_USUAL = 200;

  /// @throws Problem when the fields do not go together
  Sample sample() {
    if (newest == null) {
      return new Sample.Walk(
          after == null ? null : cursor(after),
          count == null ? WALK_USUAL : Math.toIntExact(count));
    }
    if (after != null || count != null) {
      throw new Problem(UNPROCESSABLE, "newest stands alone: a walk has after and count.");
    }
    return new Sample.Newest(Math.toIntExact(newest));
  }

  private static AuditCursor cursor(String text) {
    try {
      return AuditCursor.parse(text);
    } catch (IllegalArgumentException e) {
      throw Problem.at(UNPROCESSABLE, "/after", "next of the answer before");
    }
  }
}
