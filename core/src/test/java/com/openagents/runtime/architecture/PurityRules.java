package com.openagents.runtime.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Serializable;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.SecureRandom;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGeneratorFactory;

/// What core may not touch: time, randomness, threads, sockets and files come to it through ports,
/// so that the same core runs on virtual time and under a scheduler that decides every step.
final class PurityRules {
  private static final String CORE = "com.openagents.runtime..";

  private static final DescribedPredicate<JavaClass> THREADS_AND_DICE =
      belongToAnyOf(
          Thread.class,
          Runtime.class,
          ProcessBuilder.class,
          ThreadFactory.class,
          Executors.class,
          ForkJoinPool.class,
          CompletableFuture.class,
          CompletionStage.class,
          Timer.class,
          TimerTask.class,
          Random.class,
          SecureRandom.class,
          SplittableRandom.class,
          ThreadLocalRandom.class,
          RandomGeneratorFactory.class);

  private static final DescribedPredicate<JavaClass> INPUT_AND_OUTPUT =
      resideInAnyPackage(
              "java.io..", "java.net..", "java.nio.file..", "java.nio.channels..", "java.sql..")
          .and(
              not(
                  belongToAnyOf(
                      ByteArrayInputStream.class,
                      ByteArrayOutputStream.class,
                      IOException.class,
                      InputStream.class,
                      OutputStream.class,
                      Reader.class,
                      Serializable.class,
                      StringReader.class,
                      StringWriter.class,
                      UncheckedIOException.class,
                      URI.class,
                      URISyntaxException.class,
                      Writer.class)));

  private static final Set<String> IMPURE_CALLS =
      Set.of(
          "java.lang.Math.random",
          "java.lang.StrictMath.random",
          "java.lang.System.currentTimeMillis",
          "java.lang.System.exit",
          "java.lang.System.getenv",
          "java.lang.System.getProperty",
          "java.lang.System.nanoTime",
          "java.time.InstantSource.system",
          "java.util.UUID.randomUUID",
          "java.util.random.RandomGenerator.getDefault",
          "java.util.random.RandomGenerator.of");

  private PurityRules() {}

  static ArchRule usesOnlyItsLibraries() {
    return noClasses()
        .should()
        .dependOnClassesThat(
            not(
                resideInAnyPackage(
                    CORE,
                    "java..",
                    "javax.crypto..",
                    "jakarta.validation..",
                    "org.jspecify.annotations..",
                    "org.slf4j..",
                    "tools.jackson.core..")))
        .as("core uses no library but its own few");
  }

  static ArchRule startsNoThreadAndThrowsNoDice() {
    return noClasses()
        .should()
        .dependOnClassesThat(THREADS_AND_DICE)
        .as("core neither makes threads nor throws dice");
  }

  static ArchRule opensNoFileAndNoSocket() {
    return noClasses()
        .should()
        .dependOnClassesThat(INPUT_AND_OUTPUT)
        .as("core opens neither files nor sockets");
  }

  static ArchRule readsNoClock() {
    return noClasses()
        .should()
        .accessTargetWhere(describe("reads a clock, dice or the environment", PurityRules::impure))
        .as("core reads neither clock, dice nor environment");
  }

  private static boolean impure(JavaAccess<?> access) {
    var owner = access.getTarget().getOwner().getFullName();
    var name = access.getTarget().getName();
    var readsClock = name.equals("now") || name.startsWith("system") || name.startsWith("tick");
    return IMPURE_CALLS.contains(owner + "." + name)
        || (owner.startsWith("java.time.") && readsClock)
        || (owner.startsWith("java.util.") && name.startsWith("parallel"))
        || (owner.equals("java.util.Collections") && isUnseededShuffle(access));
  }

  private static boolean isUnseededShuffle(JavaAccess<?> access) {
    return access instanceof JavaMethodCall call
        && call.getTarget().getName().equals("shuffle")
        && call.getTarget().getRawParameterTypes().size() == 1;
  }
}
