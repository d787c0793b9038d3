package com.openagents.runtime.app.drill;

/// The calls that the drill makes, as the OpenAPI document names them.
enum Call {
  START("post", "/internal/v1/runs"),
  FRAME("post", "/internal/v1/runs/{runId}/frames"),
  FRAMES("post", "/internal/v1/runs/{runId}/frames/batch"),
  FORK("post", "/internal/v1/runs/{runId}/fork"),
  CANCEL("post", "/internal/v1/runs/{runId}/cancel"),
  SNAPSHOT("get", "/internal/v1/runs/{runId}"),
  EVENTS("get", "/internal/v1/runs/{runId}/events"),
  STREAM("get", "/internal/v1/runs/{runId}/stream");

  private final String method;
  private final String path;

  Call(String method, String path) {
    this.method = method;
    this.path = path;
  }

  String method() {
    return method;
  }

  String path() {
    return path;
  }
}
