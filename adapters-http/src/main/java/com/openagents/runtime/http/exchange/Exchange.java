package com.openagents.runtime.http.exchange;

import com.openagents.runtime.access.Caller;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.intake.Sender;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One call, after it was found to be well formed and allowed. Not thread-safe.
public final class Exchange {

  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,15}");

  private final Caller caller;
  private final Trace trace;
  private final Map<String, String> path;
  private final Query query;
  private final Function<String, List<String>> headers;
  private final Content content;

  /// What the call was given.
  ///
  /// @param body the body as the record that its contract names, or null when there was none
  /// @param raw the bytes of the body
  public record Content(@Nullable Record body, Bytes raw) {}

  /// Bytes that nobody changes.
  @FunctionalInterface
  public interface Bytes {
    byte[] array();
  }

  public Exchange(
      Caller caller,
      Trace trace,
      Map<String, String> path,
      Query query,
      Function<String, List<String>> headers,
      Content content) {
    this.caller = caller;
    this.trace = trace;
    this.path = path;
    this.query = query;
    this.headers = headers;
    this.content = content;
  }

  public Caller caller() {
    return caller;
  }

  public Trace trace() {
    return trace;
  }

  public Query query() {
    return query;
  }

  /// The first line of a header.
  public @Nullable String header(String name) {
    List<String> lines = headers.apply(name);
    return lines.isEmpty() ? null : lines.getFirst();
  }

  /// What the caller takes for an answer, or null where it does not say.
  public @Nullable String accept() {
    return Accept.of(headers.apply("Accept"));
  }

  /// Whether the caller asks for a stream of events, where the call answers with JSON too.
  public boolean prefersEvents() {
    return Accept.prefersEvents(accept());
  }

  /// The run that the path names.
  ///
  /// @throws Problem when it is no run's id
  public RunId runId() {
    try {
      return RunId.parse(Objects.requireNonNull(path.get("runId")));
    } catch (IllegalArgumentException e) {
      throw Problem.at(ProblemCode.INVALID_REQUEST, "runId", "a UUID of 36 characters");
    }
  }

  /// The thread that the path names.
  ///
  /// @throws Problem when it is no thread's id
  public ThreadId threadId() {
    try {
      return new ThreadId(Objects.requireNonNull(path.get("threadId")));
    } catch (IllegalArgumentException e) {
      throw Problem.at(
          ProblemCode.INVALID_REQUEST, "threadId", "1 to 128 visible ASCII characters");
    }
  }

  /// The event that the path names.
  ///
  /// @throws Problem when it is no sequence
  public long seq() {
    return number("seq");
  }

  /// A number from 1 in the path.
  ///
  /// @param parameter one that the contract has in the path
  /// @throws Problem when it is none
  public long number(String parameter) {
    String text = name(parameter);
    if (!NUMBER.matcher(text).matches()) {
      throw Problem.at(ProblemCode.INVALID_REQUEST, parameter, "a whole number from 1");
    }
    return Long.parseLong(text);
  }

  /// What the path names otherwise, decoded.
  ///
  /// @param parameter one that the contract has in the path
  public String name(String parameter) {
    return Objects.requireNonNull(path.get(parameter));
  }

  /// Who asks, for runs and threads.
  public Sender sender() {
    return new Sender(caller.principal(), caller.isOperator());
  }

  /// For whom the caller acts, where the guard asks for a principal.
  public Principal principal() {
    return Objects.requireNonNull(caller.principal());
  }

  /// The body, where the contract requires one.
  public <T extends Record> T body(Class<T> type) {
    return type.cast(Objects.requireNonNull(content.body()));
  }

  public <T extends Record> @Nullable T bodyIfAny(Class<T> type) {
    return content.body() == null ? null : type.cast(content.body());
  }

  public byte[] bytes() {
    return content.raw().array();
  }
}
