package com.openagents.runtime.app.cli;

import com.openagents.runtime.app.logging.Unprintable;
import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.client.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// What can be done with projections and the sinks that show them.
@Command(
    name = "projection",
    description = "Look at projections and their sinks, as an operator.",
    mixinStandardHelpOptions = true)
final class ProjectionCommand {

  static final String ROOT = "/internal/v1/projections";

  private static final Set<String> ENDED = Set.of("done", "canceled");

  private final Environment environment;

  @Spec private CommandSpec spec = CommandSpec.create();

  ProjectionCommand(Environment environment) {
    this.environment = environment;
  }

  @Command(
      name = "status",
      description = "Show how far projections and sinks have come, and what keeps them.",
      mixinStandardHelpOptions = true)
  int status(@Mixin Remote remote) {
    Reply reply = remote.operator(environment).get(ROOT);
    return remote.print(reply, told(reply.body()), spec);
  }

  @Command(
      name = "pause",
      description = "Let deliveries to a sink rest; what is due stays due.",
      mixinStandardHelpOptions = true)
  int pause(@Mixin Remote remote, @Parameters(paramLabel = "SINK") String sink) {
    return act(remote, sink, "pause", "paused");
  }

  @Command(
      name = "resume",
      description = "Deliver to a sink again.",
      mixinStandardHelpOptions = true)
  int resume(@Mixin Remote remote, @Parameters(paramLabel = "SINK") String sink) {
    return act(remote, sink, "resume", "resumed");
  }

  @Command(
      name = "retry",
      description = "Deliver again what a sink would not take.",
      mixinStandardHelpOptions = true)
  int retry(@Mixin Remote remote, @Parameters(paramLabel = "SINK") String sink) {
    Reply reply = post(remote, sink, "retry");
    return remote.print(reply, text(reply.body(), "retried") + " will be tried again", spec);
  }

  @Command(
      name = "forget",
      description = "Forget a sink that no node delivers to any more; what it shows stays there.",
      mixinStandardHelpOptions = true)
  int forget(
      @Mixin Remote remote,
      @Parameters(paramLabel = "SINK") String sink,
      @Option(
              names = "--stream",
              paramLabel = "NAME",
              description = "Forget only a retired projection that the sink does not let go of.")
          @Nullable String projection) {
    String forget = projection == null ? "forget" : "streams/" + encoded(projection) + "/forget";
    return act(remote, sink, forget, "forgotten");
  }

  @Command(
      name = "parked",
      description = "List the documents that a sink will not take, and why.",
      mixinStandardHelpOptions = true)
  int parked(@Mixin Remote remote, @Parameters(paramLabel = "SINK") String sink) {
    Reply reply = remote.operator(environment).get(ROOT + "/sinks/" + encoded(sink) + "/parked");
    StringJoiner lines = new StringJoiner(System.lineSeparator());
    lines.setEmptyValue("nothing is parked");
    for (Json.Obj document : objects(reply.body(), "documents")) {
      lines.add(
          "%s since %s: %s"
              .formatted(
                  text(document, "documentId"), text(document, "since"), text(document, "reason")));
    }
    return remote.print(reply, lines.toString(), spec);
  }

  @Command(
      name = "cancel",
      description = "End a rebuild; what it has written stays.",
      mixinStandardHelpOptions = true)
  int cancel(@Mixin Remote remote, @Parameters(paramLabel = "REBUILD") long number) {
    Reply reply = remote.operator(environment).post(ROOT + "/rebuilds/" + number + "/cancel");
    return remote.print(reply, rebuild(reply.body()), spec);
  }

  @Command(
      name = "retire",
      description =
          "Remove the documents of a projection that no node tells any more, also from sinks.",
      mixinStandardHelpOptions = true)
  int retire(@Mixin Remote remote, @Parameters(paramLabel = "NAME") String projection) {
    Json.Obj body = Json.object().put("projection", projection).build();
    Reply reply = remote.operator(environment).post(ROOT + "/retirements", body);
    return remote.print(reply, rebuild(reply.body()), spec);
  }

  private int act(Remote remote, String sink, String act, String done) {
    return remote.print(post(remote, sink, act), done, spec);
  }

  private Reply post(Remote remote, String sink, String act) {
    return remote.operator(environment).post(ROOT + "/sinks/" + encoded(sink) + "/" + act);
  }

  private static String encoded(String sink) {
    return URLEncoder.encode(sink, StandardCharsets.UTF_8);
  }

  private static String told(Json.Obj status) {
    StringJoiner lines = new StringJoiner(System.lineSeparator());
    lines.add(
        status.get("writer") instanceof Json.Obj writer
            ? "written by %s in epoch %s, until %s"
                .formatted(text(writer, "nodeId"), text(writer, "epoch"), text(writer, "expiresAt"))
            : "written by nobody yet");
    for (Json.Obj projection : objects(status, "projections")) {
      lines.add(
          "projection %s version %s, generation %s%s"
              .formatted(
                  text(projection, "name"),
                  text(projection, "version"),
                  text(projection, "generation"),
                  Json.FALSE.equals(projection.get("told")) ? ", told no more" : ""));
    }
    for (Json.Obj sink : objects(status, "sinks")) {
      lines.add(
          "sink %s%s: %s%s due, %s events behind, %s parked%s"
              .formatted(
                  text(sink, "sink"),
                  Json.TRUE.equals(sink.get("paused")) ? " (paused)" : "",
                  text(sink, "pending"),
                  Json.TRUE.equals(sink.get("marking")) ? " or more" : "",
                  text(sink, "lagEvents"),
                  text(sink, "parked"),
                  sink.get("trouble") == null ? "" : "; " + text(sink, "trouble")));
      if (sink.get("unshown") instanceof Json.Arr names && !names.items().isEmpty()) {
        lines.add("sink %s cannot show %s".formatted(text(sink, "sink"), counts(names)));
      }
    }
    for (Json.Obj leaving : objects(status, "leaving")) {
      lines.add(
          "sink %s has still to let go of %s%s"
              .formatted(
                  text(leaving, "sink"),
                  text(leaving, "projection"),
                  leaving.get("reason") == null ? "" : "; " + text(leaving, "reason")));
    }
    for (Json.Obj parked : objects(status, "parkedRuns")) {
      lines.add(
          "run %s stands at event %s: %s"
              .formatted(text(parked, "runId"), text(parked, "seq"), text(parked, "reason")));
    }
    objects(status, "rebuilds").stream().limit(1).forEach(r -> lines.add(rebuild(r)));
    objects(status, "audits").forEach(a -> lines.add(audit(a)));
    if (status.get("drift") instanceof Json.Obj drift) {
      drift(drift, lines);
    }
    return lines.toString();
  }

  /// A node counts what it has met itself, so its name stands beside the counts.
  private static void drift(Json.Obj drift, StringJoiner lines) {
    List<Json.Obj> met = objects(drift, "met");
    lines.add(
        "deliveries of %s have met %s since %s"
            .formatted(
                text(drift, "nodeId"), met.isEmpty() ? "no drift" : "drift", text(drift, "since")));
    for (Json.Obj one : met) {
      lines.add(
          "drift %s in %s: %s, the last at %s: %s"
              .formatted(
                  text(one, "reasonClass"),
                  text(one, "sink"),
                  text(one, "count"),
                  text(one, "at"),
                  text(one, "evidence")));
    }
  }

  private static String audit(Json.Obj audit) {
    boolean nothing = Json.Obj.EMPTY.equals(audit.get("found"));
    return "audit of %s at %s%s: %s"
        .formatted(
            text(audit, "sample"),
            text(audit, "at"),
            Json.TRUE.equals(audit.get("complete")) ? "" : ", not complete",
            nothing ? "nothing differs" : "found " + counts(audit.get("found")));
  }

  /// One line about a rebuild.
  static String rebuild(Json.Obj rebuild) {
    Json.Obj progress =
        rebuild.get("progress") instanceof Json.Obj object ? object : Json.Obj.EMPTY;
    return "rebuild %s: %s%s, %s runs, %s events, %s differing, %s removed"
        .formatted(
            text(rebuild, "number"),
            text(progress, "phase"),
            ENDED.contains(text(progress, "phase")) ? taken(rebuild) : "",
            text(progress, "runs"),
            text(progress, "events"),
            text(progress, "differing"),
            text(progress, "removed"));
  }

  private static String taken(Json.Obj rebuild) {
    Instant asked = Instant.parse(text(rebuild, "requestedAt"));
    Instant ended = Instant.parse(text(rebuild, "at"));
    return " after %s s".formatted(Duration.between(asked, ended).toSeconds());
  }

  static List<Json.Obj> objects(Json.Obj in, String field) {
    return in.get(field) instanceof Json.Arr(List<Json> items)
        ? items.stream().filter(Json.Obj.class::isInstance).map(Json.Obj.class::cast).toList()
        : List.of();
  }

  static String counts(@Nullable Json counted) {
    return counted == null ? "nothing" : Unprintable.escaped(CanonicalJson.write(counted));
  }

  static String text(Json.Obj in, String field) {
    return switch (in.get(field)) {
      case Json.Str(String text) -> Unprintable.escaped(text);
      case Json.Num(double number) -> Long.toString((long) number);
      case null, default -> "";
    };
  }
}
