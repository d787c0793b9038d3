package com.openagents.runtime.http.client;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.identity.RunId;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Follows a run from its log to its end, over as many connections as it takes.
///
/// Blocks behind the last id that a cut connection delivered are dropped, because the next
/// connection delivers them again; so every block is handed on once. Not thread-safe.
public final class RunStream {

  private static final String DONE = "[DONE]";

  private final RuntimeClient client;
  private final String target;
  private final Consumer<Duration> pause;
  private @Nullable String lastId;

  /// @param format `events`, `ai-sdk` or `ag-ui`
  /// @param pause waits before a connection is opened again
  public RunStream(RuntimeClient client, RunId runId, String format, Consumer<Duration> pause) {
    this.client = client;
    this.target = "/internal/v1/runs/" + runId + "/stream?format=" + format;
    this.pause = pause;
  }

  /// Begins behind a sequence instead of at the start.
  public RunStream after(long seq) {
    lastId = Long.toString(seq);
    return this;
  }

  /// Hands on every block with data until the run has ended.
  ///
  /// @param patience for how long the runtime may stay unreachable
  /// @return empty at the end of the run, or why the stream was refused
  /// @throws RuntimeUnreachable when the runtime stayed away for too long
  public Optional<Reply> follow(Duration patience, Consumer<SseEvent> each) {
    Backoff backoff = new Backoff(patience);
    while (true) {
      try {
        HttpResponse<InputStream> response = client.open(target, lastId);
        if (response.statusCode() == 204) {
          return Optional.empty();
        }
        if (response.statusCode() >= 400 && response.statusCode() < 500) {
          return Optional.of(refusal(response));
        }
        if (response.statusCode() == 200 && read(response.body(), each, backoff)) {
          return Optional.empty();
        }
        backoff.missed(null);
      } catch (RuntimeUnreachable e) {
        backoff.missed(e);
      }
      pause.accept(backoff.next());
    }
  }

  /// Returns whether the stream came to its end; otherwise it was cut.
  private boolean read(InputStream body, Consumer<SseEvent> each, Backoff backoff) {
    try (SseReader reader = new SseReader(body)) {
      Pending pending = new Pending();
      for (Optional<SseEvent> next = reader.next(); next.isPresent(); next = reader.next()) {
        SseEvent event = next.get();
        backoff.heard();
        if (DONE.equals(event.data())) {
          return true;
        }
        pending.add(event);
        if (event.id() != null) {
          pending.release(each);
          lastId = event.id();
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  private static Reply refusal(HttpResponse<InputStream> response) {
    try (InputStream body = response.body()) {
      return Reply.read(response.statusCode(), body);
    } catch (IOException e) {
      return new Reply(response.statusCode(), Json.Obj.EMPTY);
    }
  }
}
