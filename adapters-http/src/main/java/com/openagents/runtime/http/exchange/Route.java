package com.openagents.runtime.http.exchange;

import static com.openagents.runtime.http.exchange.ProblemCode.HEADERS_TOO_LARGE;
import static com.openagents.runtime.http.exchange.ProblemCode.INTERNAL_ERROR;
import static com.openagents.runtime.http.exchange.ProblemCode.INVALID_REQUEST;
import static com.openagents.runtime.http.exchange.ProblemCode.NOT_ACCEPTABLE;
import static com.openagents.runtime.http.exchange.ProblemCode.URI_TOO_LONG;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// A call: where it is reached, who may make it, what it takes and gives, and what it does.
///
/// The server is set up and the OpenAPI document is written from the same routes, so neither can
/// have a call that the other has not.
///
/// @param path with parameters in braces, such as `/internal/v1/runs/{runId}`
public record Route(
    Method method, String path, Guard guard, Contract contract, Operation operation) {

  private static final Set<ProblemCode> BY_THE_LISTENER =
      Set.of(INVALID_REQUEST, URI_TOO_LONG, HEADERS_TOO_LARGE, INTERNAL_ERROR);

  /// Every reason for which the call may be refused: by the listener, its guard, the form of its
  /// body, or the operation.
  public Set<ProblemCode> refusals() {
    EnumSet<ProblemCode> refusals = EnumSet.copyOf(BY_THE_LISTENER);
    refusals.addAll(guard.refusals());
    if (contract.body() != null) {
      refusals.addAll(contract.body().refusals());
    }
    if (Binary.isSpoken(this)) {
      refusals.add(NOT_ACCEPTABLE);
    }
    refusals.addAll(contract.refusals());
    return refusals;
  }

  /// Everything that the call understands beside its body: what its contract names, and the headers
  /// that say who calls and what for.
  public List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>(contract.parameters());
    if (guard.signed()) {
      parameters.add(Parameter.USER_ID);
      parameters.add(Parameter.GUEST_SCOPE);
    }
    parameters.add(Parameter.TRACE_PARENT);
    parameters.add(Parameter.TRACE_STATE);
    parameters.add(Parameter.REQUEST_ID);
    return parameters;
  }

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
