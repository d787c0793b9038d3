package com.openagents.runtime.app.cli;

import com.openagents.runtime.app.logging.Unprintable;
import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.client.Reply;
import com.openagents.runtime.identity.RunId;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Saves a run's sealed bundle.
@Command(
    name = "export",
    description = "Save a run's bundle, which verify checks without a server.",
    mixinStandardHelpOptions = true)
final class RunExportCommand implements Callable<Integer> {

  private final Environment environment;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private Remote remote = new Remote();

  @Parameters(index = "0", paramLabel = "RUN", description = "The run's id.")
  private RunId run = Arguments.NO_RUN;

  @Parameters(index = "1", paramLabel = "FILE", description = "Where to write the bundle.")
  private Path file = Path.of("bundle.ndjson");

  RunExportCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null || Files.isDirectory(file) || !Files.isDirectory(directory)) {
      throw new FileSystemException(file.toString(), null, "this is no place for a file");
    }
    HttpResponse<InputStream> response =
        remote.client(environment).download("/internal/v1/runs/" + run + "/export");
    try (InputStream body = response.body()) {
      if (response.statusCode() != 200) {
        return remote.print(Reply.read(response.statusCode(), body), "", spec);
      }
      Files.copy(body, file, StandardCopyOption.REPLACE_EXISTING);
    }
    spec.commandLine()
        .getOut()
        .println(
            remote.json() ? Unprintable.escaped(CanonicalJson.write(written())) : "wrote " + file);
    return ExitCode.DONE;
  }

  private Json.Obj written() {
    return Json.object().put("runId", run.toString()).put("file", file.toString()).build();
  }
}
