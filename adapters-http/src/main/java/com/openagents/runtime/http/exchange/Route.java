package com.openagents.runtime.http.exchange;

/// A call: where it is reached, who may make it, what it takes and gives, and what it does.
///
/// The server is set up and the OpenAPI document is written from the same routes, so neither can
/// have a call that the other has not.
///
/// @param path with parameters in braces, such as `/internal/v1/runs/{runId}`
public record Route(
    Method method, String path, Guard guard, Contract contract, Operation operation) {

  public enum Method {
    GET,
    POST
  }

  /// What a call does. Called by many threads; may block.
  @FunctionalInterface
  public interface Operation {
    /// @throws Problem when the call is refused
    Answer answer(Exchange exchange);
  }
}
