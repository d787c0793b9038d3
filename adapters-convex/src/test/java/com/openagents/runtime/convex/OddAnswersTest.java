package com.openagents.runtime.convex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openagents.runtime.convex.Batches.Target;
import com.openagents.runtime.convex.ConvexCredential.ServiceToken;
import com.openagents.runtime.convex.OddDeployment.Answer;
import com.openagents.runtime.projection.ProjectionSink.Change.Upsert;
import com.openagents.runtime.projection.ProjectionSink.Outcome;
import com.openagents.runtime.projection.SinkAway;
import com.openagents.runtime.projection.SinkRefusing;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What becomes of words that no deployment of ours says: people read them, and the database keeps
/// them.
@Tag("G12")
class OddAnswersTest {

  private static final String THREADS = Threads.PROJECTION;
  private static final String ZERO = "{\"$integer\":\"AAAAAAAAAAA=\"}";
  private static final String ONE = "{\"$integer\":\"AQAAAAAAAAA=\"}";

  /// Clears a terminal, goes on for long, and ends in the middle of what JSON may write in two.
  private static final String ODD = "a\\u001b[2J\\r\\nb\\u202e" + "\\ud83d\\ude00".repeat(20_000);

  private static final String REFUSED =
      "{\"position\":%s,\"results\":[{\"documentId\":\"t\",\"outcome\":\"refused\",\"reason\":\"%s\"}]}";
  private static final Answer APPLIED =
      Answer.returned(
          "{\"position\":%s,\"results\":[{\"documentId\":\"t\",\"outcome\":\"applied\"}]}"
              .formatted(ZERO));

  private final OddDeployment deployment = new OddDeployment();
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final ServiceToken token = new ServiceToken(() -> "token");
  private final ConvexSink sink =
      new ConvexSink(
          Facade.HTTP,
          deployment.settings(),
          token,
          new WriteRate(1 << 30, System::nanoTime),
          log::add);

  @BeforeEach
  void stand() {
    deployment.answer(
        "checkpoint",
        Answer.returned(
            "{\"epoch\":%s,\"generation\":%s,\"position\":%s}".formatted(ONE, ONE, ZERO)));
    deployment.answer("version", Answer.returned("{\"protocol\":1,\"functions\":\"1.2.0\"}"));
  }

  @AfterEach
  void stop() {
    deployment.close();
  }

  private Outcome deliver() {
    return sink.deliver(1, THREADS, 1, List.of(Threads.upsert("t", 1))).getFirst();
  }

  private SinkRefusing refusal() {
    return catchThrowableOfType(SinkRefusing.class, this::deliver);
  }

  private static void assertFit(String said) {
    assertThat(said.codePoints().noneMatch(c -> Character.isISOControl(c) || c == 0x202e)).isTrue();
    assertThat(said).hasSizeLessThan(1_000).contains("a\\u001b[2J\\u000d\\u000ab\\u202e");
    assertThat(new String(said.getBytes(UTF_8), UTF_8)).isEqualTo(said);
  }

  @Test
  void a_reason_is_short_and_on_one_line() {
    deployment.answer("apply", Answer.returned(REFUSED.formatted(ZERO, ODD)));

    Outcome outcome = deliver();
    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.REFUSED);
    assertFit(String.valueOf(outcome.reason()));
  }

  static List<Answer> refusals() {
    return List.of(
        Answer.of(200, "{\"status\":\"error\",\"errorData\":{\"code\":\"" + ODD + "\"}}"),
        Answer.of(400, "{\"code\":\"" + ODD + "\"}"),
        Answer.returned(
            "{\"position\":%s,\"results\":[{\"outcome\":\"%s\"}]}".formatted(ZERO, ODD)));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void so_is_what_is_told_of_a_refusal(Answer answer) {
    deployment.answer("apply", answer);

    assertFit(String.valueOf(refusal().getMessage()));
  }

  @Test
  void so_is_the_version_of_other_functions() {
    deployment.answer("version", Answer.returned("{\"protocol\":1,\"functions\":\"" + ODD + "\"}"));
    deployment.answer("apply", Answer.of(200, "{\"status\":\"error\"}"));

    assertFit(String.valueOf(refusal().getMessage()));
  }

  @Test
  void an_answer_with_what_postgresql_does_not_keep_is_none() {
    deployment.answer("apply", Answer.returned(REFUSED.formatted(ZERO, "a\\u0000b")));

    assertThatThrownBy(this::deliver)
        .isInstanceOf(SinkAway.class)
        .hasMessage("the answer was lost: an answer that is none");
  }

  @Test
  void the_log_names_the_call_that_a_person_is_asked_about_once_until_it_is_over() {
    deployment.answer("apply", Answer.of(405, "{\"code\":\"MethodNotAllowed\"}"));
    SinkRefusing first = refusal();
    String told = "the deployment answers 405 MethodNotAllowed";
    String line = told + " (request id " + deployment.requestIds().getLast() + ")";
    assertThat(first).hasMessage(told);
    assertThat(log).containsExactly(line);
    assertThat(refusal()).hasMessage(told);
    assertThat(log).containsExactly(line);

    deployment.answer("apply", APPLIED);
    assertThat(deliver().kind()).isEqualTo(Outcome.Kind.APPLIED);
    deployment.answer("apply", Answer.of(405, "{\"code\":\"MethodNotAllowed\"}"));
    assertThat(refusal()).hasMessage(told);
    assertThat(log)
        .containsExactly(line, told + " (request id " + deployment.requestIds().getLast() + ")");
  }

  @Test
  void the_log_names_the_call_that_failed_for_a_document_alone() {
    deployment.answer("apply", Answer.of(200, "{\"status\":\"error\"}"));

    assertThat(deliver().kind()).isEqualTo(Outcome.Kind.REFUSED);
    List<String> ids = deployment.requestIds();
    assertThat(log)
        .containsExactly(
            "the deployment's functions fail for a document by itself (request id "
                + ids.get(ids.size() - 2)
                + ")");
  }

  @Test
  void that_a_client_is_deprecated_is_told_once() {
    deployment.answer(
        "apply",
        APPLIED
            .with("x-convex-deprecation-state", "upgrade-soon")
            .with("x-convex-deprecation-message", "until May"));
    deliver();
    deliver();
    deployment.answer("apply", APPLIED.with("x-convex-deprecation-state", "unsupported"));
    deliver();

    assertThat(log)
        .containsExactly(
            "the deployment calls this client upgrade-soon: until May",
            "the deployment calls this client unsupported: ");
  }

  @Test
  void the_rate_counts_bytes_and_not_characters() {
    deployment.answer("apply", APPLIED);
    WriteRate rate = new WriteRate(1_000_000, () -> 0);
    Upsert wide = Threads.with(Threads.upsert("t", 1), "title", "\u65e5".repeat(5_000));
    Operation operation = Operation.of(0, THREADS, wide);
    Writing writing =
        new Writing(new ConvexCalls(Facade.HTTP, deployment.settings(), token, log::add), log::add);
    new Batches(
            writing,
            deployment.settings(),
            rate,
            new Positions(),
            _ -> {},
            new Target(1, THREADS, 1),
            1)
        .write(List.of(operation));

    assertThat(operation.bytes()).isGreaterThan(15_000);
    assertThat(rate.take(0)).isBetween(micros(operation.bytes()), micros(operation.bytes() + 500L));
  }

  private static Duration micros(long bytes) {
    return Duration.ofNanos(bytes * 1_000);
  }
}
