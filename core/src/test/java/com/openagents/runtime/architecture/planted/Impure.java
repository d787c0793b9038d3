package com.openagents.runtime.architecture.planted;

import java.io.File;
import java.net.Socket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;

/// One impurity a class.
public interface Impure {

  /// Reads time, randomness or the environment.
  interface Reading extends Impure {
    record TheTime() implements Reading {
      Instant read() {
        return Instant.now();
      }
    }

    record TheDate() implements Reading {
      LocalDate read() {
        return LocalDate.now(ZoneOffset.UTC);
      }
    }

    record TheClock() implements Reading {
      Clock read() {
        return Clock.systemUTC();
      }
    }

    record TheInstantSource() implements Reading {
      InstantSource read() {
        return InstantSource.system();
      }
    }

    record Milliseconds() implements Reading {
      long read() {
        return System.currentTimeMillis();
      }
    }

    record Nanoseconds() implements Reading {
      long read() {
        return System.nanoTime();
      }
    }

    record AnId() implements Reading {
      UUID read() {
        return UUID.randomUUID();
      }
    }

    record ADie() implements Reading {
      double read() {
        return Math.random();
      }
    }

    record AGenerator() implements Reading {
      RandomGenerator read() {
        return RandomGenerator.getDefault();
      }
    }

    record AnOrder() implements Reading {
      void read(List<String> values) {
        Collections.shuffle(values);
      }
    }

    record TheEnvironment() implements Reading {
      Optional<String> read() {
        return Optional.ofNullable(System.getenv("HOME"));
      }
    }

    record InParallel() implements Reading {
      IntStream read(IntStream values) {
        return values.parallel();
      }
    }

    record AParallelStream() implements Reading {
      Stream<String> read(List<String> values) {
        return values.parallelStream();
      }
    }
  }

  /// Makes threads or dice.
  interface Making extends Impure {
    record AThread() implements Making {
      Thread make(Runnable task) {
        return Thread.ofVirtual().unstarted(task);
      }
    }

    record AnExecutor() implements Making {
      ExecutorService make() {
        return Executors.newVirtualThreadPerTaskExecutor();
      }
    }

    record AFuture() implements Making {
      CompletableFuture<String> make() {
        return new CompletableFuture<>();
      }
    }

    record Dice() implements Making {
      Random make() {
        return new Random(1);
      }
    }

    record SecureDice() implements Making {
      SecureRandom make() {
        return new SecureRandom();
      }
    }

    record DiceOfTheThread() implements Making {
      int make() {
        return ThreadLocalRandom.current().nextInt();
      }
    }
  }

  /// Opens a file, a socket or a database.
  interface Opening extends Impure {
    record AFile(File file) implements Opening {}

    record APath(Path path) implements Opening {}

    record ASocket(Socket socket) implements Opening {}

    record ADatabase(Connection connection) implements Opening {}
  }

  /// Uses a library that core does not have.
  interface Using extends Impure {
    record ALibrary() implements Using {
      void use() {
        Assertions.assertThat(true).isTrue();
      }
    }
  }
}
