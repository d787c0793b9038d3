package com.openagents.runtime.http.body;

import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.http.exchange.Problem.Detail;
import com.openagents.runtime.http.exchange.ProblemCode;
import java.util.ArrayList;
import java.util.List;

/// Everything that is wrong with one body, so that its sender learns of all of it at once. Not
/// thread-safe.
final class Findings {

  private static final int DETAILS_MAX = 20;

  private final List<Detail> malformed = new ArrayList<>();
  private final List<Detail> unacceptable = new ArrayList<>();

  /// The body does not have the form: a field is unknown, missing or of a wrong type.
  void malformed(Pointer at, String reason) {
    malformed.add(new Detail(at.text(), reason));
  }

  /// The body has the form, but not with this value.
  void unacceptable(Pointer at, String reason) {
    unacceptable.add(new Detail(at.text(), reason));
  }

  /// @throws Problem when anything was found
  void raise() {
    if (!malformed.isEmpty()) {
      throw problem(ProblemCode.INVALID_REQUEST, "The body does not have the form", malformed);
    }
    if (!unacceptable.isEmpty()) {
      throw problem(ProblemCode.UNPROCESSABLE, "The body cannot be accepted", unacceptable);
    }
  }

  private static Problem problem(ProblemCode code, String message, List<Detail> details) {
    Detail first = details.getFirst();
    return new Problem(
        code,
        message + ": " + first.path() + " " + first.reason(),
        details.subList(0, Math.min(details.size(), DETAILS_MAX)));
  }
}
