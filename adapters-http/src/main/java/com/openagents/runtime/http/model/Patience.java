package com.openagents.runtime.http.model;

import java.time.Duration;

/// How long a provider may take, and how often it is asked again before it has said anything.
///
/// @param connect for the connection
/// @param response from the request to the head of the response
/// @param idle between two pieces of the response
/// @param attemptsMax including the first
/// @param retryDelayMin before the second attempt; doubles with each further one
/// @param retryDelayMax the longest pause; a provider that asks for a longer one has failed
public record Patience(
    Duration connect,
    Duration response,
    Duration idle,
    int attemptsMax,
    Duration retryDelayMin,
    Duration retryDelayMax) {

  public static final Patience DEFAULT =
      new Patience(
          Duration.ofSeconds(10),
          Duration.ofMinutes(2),
          Duration.ofMinutes(1),
          3,
          Duration.ofMillis(500),
          Duration.ofSeconds(20));

  public Patience {
    if (attemptsMax < 1) {
      throw new IllegalArgumentException("there is at least one attempt");
    }
  }
}
