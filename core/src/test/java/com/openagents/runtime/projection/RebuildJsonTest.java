package com.openagents.runtime.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.projection.Rebuild.Phase;
import com.openagents.runtime.projection.Rebuild.Progress;
import com.openagents.runtime.projection.Rebuild.Proof;
import com.openagents.runtime.projection.Rebuild.Request;
import com.openagents.runtime.projection.Rebuild.Scope;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RebuildJsonTest {

  private static final RunId RUN = RunId.parse("0190a0c0-0000-7000-8000-000000000001");
  private static final Digest DIGEST = Digest.ofText("a");

  static Stream<Request> requests() {
    return Stream.of(
        new Request(new Scope.All(), false, "operator:1"),
        new Request(new Scope.Projection("run_summary"), true, "store"),
        new Request(new Scope.OneRun(RUN), false, "operator:1"),
        new Request(new Scope.OneThread(new ThreadId("t-1")), true, "operator:2"),
        new Request(new Scope.Retired("tool_calls"), false, "operator:2"));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void what_was_asked_for_comes_back(Request request) {
    assertThat(RebuildJson.request(RebuildJson.write(request))).isEqualTo(request);
  }

  @Test
  void another_scope_is_refused_by_its_name() {
    Json.Obj moon =
        Json.object()
            .put("scope", "moon")
            .put("compareOnly", false)
            .put("requestedBy", "x")
            .build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RebuildJson.request(moon))
        .withMessageContaining("moon");
  }

  private static Progress some() {
    return Progress.NONE
        .begun(Map.of("b", 3L, "a", 2L))
        .folded(4, 40, RUN)
        .folded(1, 2, RUN)
        .swept(5)
        .swept(1)
        .differing(List.of("one", "two"))
        .proven(List.of(new Proof("before", "a", new DocumentsDigest(7, DIGEST))));
  }

  @Test
  void what_was_done_adds_up() {
    Progress progress = some();
    assertThat(progress.runs()).isEqualTo(5);
    assertThat(progress.events()).isEqualTo(42);
    assertThat(progress.removed()).isEqualTo(6);
    assertThat(progress.differing()).isEqualTo(2);
    assertThat(progress.cursor()).isEqualTo(RUN);
    assertThat(progress.begun(Map.of()).cursor()).isNull();
    List<String> many = IntStream.range(0, 30).mapToObj(Integer::toString).toList();
    assertThat(progress.differing(many).differing()).isEqualTo(32);
    assertThat(progress.differing(many).evidence()).hasSize(20).startsWith("one", "two", "0");
    assertThat(progress.proven(progress.proof()).proof()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void how_far_it_is_comes_back(Phase phase) {
    Json.Obj written = RebuildJson.write(phase, some());
    assertThat(RebuildJson.phase(written)).isEqualTo(phase);
    assertThat(RebuildJson.progress(written)).isEqualTo(some());
    Json.Obj nothing = RebuildJson.write(phase, Progress.NONE);
    assertThat(RebuildJson.progress(nothing)).isEqualTo(Progress.NONE);
    assertThat(phase.ended()).isEqualTo(phase == Phase.DONE || phase == Phase.CANCELED);
  }

  @Test
  void people_see_its_parts_by_name() {
    assertThat(CanonicalJson.write(RebuildJson.write(Phase.FOLDING, some())))
        .contains(
            "\"phase\":\"folding\"", "\"targets\":{\"a\":2,\"b\":3}", "\"moment\":\"before\"");
  }
}
