package com.openagents.runtime.convex;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.testkit.SinkFixture;
import com.openagents.runtime.testkit.projection.ProjectionSinkContract;
import java.net.URI;
import java.util.List;
import java.util.Objects;

/// The same with the admin key and the internal twins of the functions.
///
/// Runs against a real deployment that has the functions when `CONVEX_SELF_HOSTED_URL` and
/// `CONVEX_SELF_HOSTED_ADMIN_KEY` name it, and `OA_CONVEX_ERASE` is `yes`: every test empties it.
class ConvexSinkByAdminKeyTest extends ProjectionSinkContract {

  private static final List<String> TABLES =
      List.of(
          "runSummaries",
          "threadSummaries",
          "timelineSlices",
          "tombstones",
          "streams",
          "writer",
          "imported");

  @Override
  protected SinkFixture openSink() {
    if ("yes".equals(System.getenv("OA_CONVEX_ERASE"))) {
      ConvexSettings real =
          ConvexSettings.at(URI.create(named("CONVEX_SELF_HOSTED_URL")), "0.1.0-TEST");
      return emptied(real, named("CONVEX_SELF_HOSTED_ADMIN_KEY"));
    }
    return emptied(Facade.fresh().settings(), Facade.ADMIN_KEY);
  }

  private static String named(String variable) {
    return Objects.requireNonNull(System.getenv(variable), variable);
  }

  private static SinkFixture emptied(ConvexSettings settings, String key) {
    ConvexCredential credential = new ConvexCredential.AdminKey(key);
    ConvexCalls calls = new ConvexCalls(Facade.HTTP, settings, credential, _ -> {});
    for (String table : TABLES) {
      assertThat(calls.importLines(table, "replace", "")).isInstanceOf(ConvexAnswer.Returned.class);
    }
    ConvexSink sink = new ConvexSink(Facade.HTTP, settings, credential);
    return new PlainSinkFixture(sink);
  }
}
