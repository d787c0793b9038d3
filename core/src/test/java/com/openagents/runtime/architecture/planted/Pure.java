package com.openagents.runtime.architecture.planted;

import jakarta.validation.constraints.NotNull;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.slf4j.Logger;

/// What is given from outside, or has no effect outside.
public record Pure(
    InstantSource clock,
    RandomGenerator dice,
    Executor executor,
    ReentrantLock lock,
    ConcurrentHashMap<String, URI> map,
    ByteArrayOutputStream bytes,
    Logger log,
    @NotNull SplittableGenerator seeds) {

  Instant now() {
    return clock.instant();
  }

  UUID id() {
    return new UUID(dice.nextLong(), dice.nextLong());
  }

  void shuffle(List<String> values) {
    Collections.shuffle(values, dice);
  }
}
