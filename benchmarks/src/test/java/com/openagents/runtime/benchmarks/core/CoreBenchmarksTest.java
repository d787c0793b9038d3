package com.openagents.runtime.benchmarks.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine;

/// Every benchmark of core runs; how fast is not looked at.
class CoreBenchmarksTest {

  @Test
  void each_runs_once() throws RunnerException {
    List<String> run =
        new Runner(
                new OptionsBuilder()
                    .include(getClass().getPackageName())
                    .mode(Mode.SingleShotTime)
                    .forks(0)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run().stream()
                .map(result -> result.getParams().getBenchmark())
                .map(name -> name.substring(getClass().getPackageName().length() + 1))
                .toList();
    assertThat(run)
        .containsExactlyInAnyOrder(
            "FoldBench.turn",
            "FoldBench.longTurn",
            "FoldBench.session",
            "FoldBench.sessionWithPieces",
            "CodecBench.decode",
            "CodecBench.decodeWithPieces",
            "CodecBench.decodeAndFold",
            "CodecBench.encode",
            "CodecBench.encodeAndDigest",
            "ProjectBench.project",
            "ProjectBench.projectWithPieces",
            "ProjectBench.projectOneByOne",
            "StreamBench.aiSdk",
            "StreamBench.agUi",
            "StreamBench.events");
  }

  @Test
  void the_command_says_what_it_takes() {
    StringWriter out = new StringWriter();
    int status = new CommandLine(new JmhCommand()).setOut(new PrintWriter(out)).execute("--help");
    assertThat(status).isZero();
    assertThat(out.toString()).contains("--forks", "--prof", "--json", "PATTERN");
  }
}
