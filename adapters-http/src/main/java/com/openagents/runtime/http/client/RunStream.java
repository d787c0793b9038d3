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
  /// A connection that ends before the run is followed by another, and so is one that has been
  /// silent for longer than a runtime ever is, and an answer of 500 or more.
  ///
  /// @param patience for how long the runtime may give no sign of life, in pauses between attempts;
  ///   a block, or a heartbeat, is a sign of life
  /// @return empty at the end of the run, or why the stream was refused: at once, or with a status
  ///   of 500 or more until patience was used up
  /// @throws RuntimeUnreachable when patience was used up without an answer
  public Optional<Reply> follow(Duration patience, Consumer<SseEvent> each) {
    Backoff backoff = new Backoff(patience);
    while (true) {
      switch (attempt(each, backoff)) {
        case Ended() -> {
          return Optional.empty();
        }
        case Refused(Reply reply) -> {
          if (reply.status() < 500 || backoff.missed()) {
            return Optional.of(reply);
          }
        }
        case Lost(RuntimeUnreachable why) -> {
          if (backoff.missed()) {
            throw why;
          }
        }
      }
      pause.accept(backoff.next());
    }
  }

  /// What came of one connection.
  private sealed interface Outcome {}

  private record Ended() implements Outcome {}

  private record Refused(Reply reply) implements Outcome {}

  private record Lost(RuntimeUnreachable why) implements Outcome {}

  private Outcome attempt(Consumer<SseEvent> each, Backoff backoff) {
    HttpResponse<InputStream> response;
    try {
      response = client.open(target, lastId);
    } catch (RuntimeUnreachable e) {
      return new Lost(e);
    }
    return switch (response.statusCode()) {
      case 200 -> read(response.body(), each, backoff);
      case 204 -> ended(response.body());
      default -> new Refused(refusal(response));
    };
  }

  /// A body that is empty is watched all the same, until it is closed.
  private Outcome ended(InputStream body) {
    try (body) {
      return new Ended();
    } catch (IOException e) {
      return new Lost(client.lost(e));
    }
  }

  private Outcome read(InputStream body, Consumer<SseEvent> each, Backoff backoff) {
    try (SseReader reader = new SseReader(body, backoff::heard)) {
      Pending pending = new Pending();
      for (Optional<SseEvent> next = reader.next(); next.isPresent(); next = reader.next()) {
        SseEvent event = next.get();
        backoff.heard();
        if (DONE.equals(event.data())) {
          return new Ended();
        }
        pending.add(event);
        if (event.id() != null) {
          pending.release(each);
          lastId = event.id();
        }
      }
      return new Lost(client.lost(new IOException("the stream ended before its run")));
    } catch (IOException e) {
      return new Lost(client.lost(e));
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
