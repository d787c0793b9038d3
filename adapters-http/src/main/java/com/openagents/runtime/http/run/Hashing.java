package com.openagents.runtime.http.run;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.http.exchange.ProblemCode;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.seal.HashedPages;
import com.openagents.runtime.seal.HashedPages.HashedEvent;
import java.util.List;

/// Pages of events that carry the hashes of the run's chain.
final class Hashing {

  private final HashedPages pages;

  Hashing(HashedPages pages) {
    this.pages = pages;
  }

  /// The events after a sequence, each as it is stored and with its hash.
  ///
  /// @throws Problem when the hashes cannot be told
  Json.Arr events(RunId runId, long after, int limit) {
    return switch (pages.read(runId, after, limit)) {
      case HashedPages.Hashed(List<HashedEvent> events) ->
          Json.array(events.stream().map(Hashing::event).toList());
      case HashedPages.TooFar(long known) ->
          throw Problem.at(
              ProblemCode.UNPROCESSABLE,
              "after",
              "more than "
                  + HashedPages.BEHIND_MAX
                  + " events after the last hash that is known: read a page at "
                  + (known + HashedPages.BEHIND_MAX)
                  + " first");
      case HashedPages.Aged(long missing) ->
          throw new Problem(
              ProblemCode.CONFLICT,
              "Event " + missing + " has aged out, so no hash after it can be computed anew.");
    };
  }

  private static Json event(HashedEvent event) {
    Json.Builder json = Json.object();
    event.envelope().fields().forEach(json::put);
    return json.put("hash", event.hash().hex()).build();
  }
}
