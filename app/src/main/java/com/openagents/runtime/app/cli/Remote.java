package com.openagents.runtime.app.cli;

import com.openagents.runtime.access.Claims;
import com.openagents.runtime.access.Signer;
import com.openagents.runtime.app.logging.Unprintable;
import com.openagents.runtime.app.settings.Catalog;
import com.openagents.runtime.app.settings.HttpAddress;
import com.openagents.runtime.app.settings.Settings;
import com.openagents.runtime.app.wiring.RandomIds;
import com.openagents.runtime.app.wiring.Service;
import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.client.Credentials;
import com.openagents.runtime.http.client.Reply;
import com.openagents.runtime.http.client.RuntimeClient;
import com.openagents.runtime.identity.Principal;
import java.io.PrintWriter;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/// The options of every command that calls a running service.
final class Remote {

  @Option(
      names = "--url",
      description =
          "Where the service listens (default: this machine, at OA_HTTP_HOST and OA_HTTP_PORT).")
  private Optional<URI> url = Optional.empty();

  @Option(names = "--user", defaultValue = "1", description = "The user to act for (default: 1).")
  private Principal.User user = new Principal.User(1);

  @Option(names = "--guest", description = "The guest scope to act for, instead of a user.")
  private Optional<Principal.Guest> guest = Optional.empty();

  @Option(names = "--operator", description = "Act as an operator; needs a signing key.")
  private boolean operator;

  @Option(names = "--json", description = "Print the answer as JSON.")
  private boolean json;

  boolean json() {
    return json;
  }

  RuntimeClient client(Environment environment) {
    return new RuntimeClient(base(environment), credentials(environment.settings()));
  }

  /// Where the service listens.
  URI base(Environment environment) {
    return url.orElseGet(() -> HttpAddress.fromHere(environment.settings()));
  }

  /// A client that acts for a user, whatever the options say.
  RuntimeClient asUser(Environment environment, long id, URI base) {
    user = new Principal.User(id);
    guest = Optional.empty();
    operator = false;
    return new RuntimeClient(base, credentials(environment.settings()));
  }

  /// A client that acts for nobody but the operator.
  RuntimeClient operator(Environment environment) {
    Settings settings = environment.settings();
    Credentials given = credentials(settings);
    return new RuntimeClient(
        url.orElseGet(() -> HttpAddress.fromHere(settings)),
        new Credentials(given.signer(), null, Set.of(Claims.OPERATOR), given.identity()));
  }

  private Credentials credentials(Settings settings) {
    InstantSource clock = InstantSource.system();
    Principal principal = guest.<Principal>map(scope -> scope).orElse(user);
    @Nullable Signer signer =
        settings
            .find(Catalog.SIGNING_KEYS)
            .map(keys -> new Signer(keys, clock, new RandomIds(clock)))
            .orElse(null);
    Set<String> roles = operator ? Set.of(Claims.OPERATOR) : Set.of();
    return new Credentials(signer, principal, roles, Service.identity(settings));
  }

  /// Names the principal in the body of a request to start a run.
  void principal(Json.Builder request) {
    if (guest.isPresent()) {
      request.put("guestScope", guest.get().scope());
    } else {
      request.put("userId", user.id());
    }
  }

  /// Prints an answer, as a line for a person or as JSON.
  int print(Reply reply, String line, CommandSpec spec) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Unprintable.escaped(CanonicalJson.write(reply.body())));
    } else if (reply.successful()) {
      out.println(line);
    } else {
      spec.commandLine().getErr().println(Unprintable.escaped(reply.problem()));
    }
    return reply.successful() ? ExitCode.DONE : ExitCode.FAILED;
  }
}
