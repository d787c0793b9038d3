package com.openagents.runtime.app.cli;

import com.openagents.runtime.app.logging.Unprintable;
import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.seal.Report;
import com.openagents.runtime.seal.Report.Broken;
import com.openagents.runtime.seal.Report.Intact;
import com.openagents.runtime.seal.Verify;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Checks an exported run without a server.
@Command(
    name = "verify",
    description =
        "Check an exported run, without a server: that nothing was changed since its seal.",
    mixinStandardHelpOptions = true)
final class RunVerifyCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The exported bundle; - reads standard input.")
  private String file = STANDARD_INPUT;

  @Option(
      names = "--trusted-key",
      paramLabel = "KEY",
      description =
          "A public key that the seal must be made with, as the service publishes it; may be"
              + " repeated.")
  private Set<String> trustedKeys = new LinkedHashSet<>();

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (Files.isDirectory(Path.of(file))) {
      throw new FileSystemException(file, null, "this is a directory; name the exported file");
    }
    Report report;
    try (InputStream in =
        file.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(Path.of(file))) {
      report = Verify.bundle(in, trustedKeys);
    }
    var out = spec.commandLine().getOut();
    out.println(Unprintable.escaped(json ? CanonicalJson.write(asJson(report)) : asText(report)));
    return switch (report) {
      case Intact intact when intact.trusted() || trustedKeys.isEmpty() -> ExitCode.DONE;
      case Intact _, Broken _ -> ExitCode.FAILED;
    };
  }

  private String asText(Report report) {
    return switch (report) {
      case Intact intact ->
          "intact: run %s, events 1 to %d, sealed %s by key %s%s%s%s"
              .formatted(
                  intact.runId(),
                  intact.throughSeq(),
                  intact.sealedAt(),
                  intact.publicKey(),
                  trustedKeys.isEmpty() ? "" : intact.trusted() ? ", trusted" : ", NOT TRUSTED",
                  intact.aged().isEmpty()
                      ? ""
                      : "; aged out: %d pieces of texts that were signed for"
                          .formatted(pieces(intact)),
                  intact.late().isEmpty()
                      ? ""
                      : "; after the seal: " + intact.late().size() + " late records");
      case Broken broken ->
          "broken at %s: %s"
              .formatted(
                  broken.seq() == 0
                      ? "the " + broken.place().name().toLowerCase(Locale.ROOT)
                      : "event " + broken.seq(),
                  broken.reason());
    };
  }

  private static long pieces(Intact intact) {
    return intact.aged().stream().mapToLong(range -> range.through() - range.from() + 1).sum();
  }

  private static Json asJson(Report report) {
    return switch (report) {
      case Intact intact ->
          Json.object()
              .put("verdict", "intact")
              .put("runId", intact.runId().toString())
              .put("throughSeq", intact.throughSeq())
              .put("sealedAt", intact.sealedAt())
              .put("publicKey", intact.publicKey())
              .put("trusted", intact.trusted())
              .put(
                  "late",
                  Json.array(
                      intact.late().stream()
                          .map(late ->
                              Json.object().put("seq", late.seq()).put("type", late.type()).build())
                          .toList()))
              .put(
                  "aged",
                  Json.array(
                      intact.aged().stream()
                          .map(range ->
                              Json.object()
                                  .put("from", range.from())
                                  .put("to", range.through())
                                  .build())
                          .toList()))
              .build();
      case Broken broken ->
          Json.object()
              .put("verdict", "broken")
              .put("place", broken.place().name().toLowerCase(Locale.ROOT))
              .put("seq", broken.seq())
              .put("reason", broken.reason())
              .build();
    };
  }
}
