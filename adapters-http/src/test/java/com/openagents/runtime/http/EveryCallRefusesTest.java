package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.JsonLimits;
import com.openagents.runtime.http.Subject.Row;
import com.openagents.runtime.http.edge.EdgeSettings.RequestLimits;
import com.openagents.runtime.http.exchange.Contract.JsonBody;
import com.openagents.runtime.http.exchange.Parameter;
import com.openagents.runtime.http.exchange.Parameter.In;
import com.openagents.runtime.http.exchange.Route;
import com.openagents.runtime.http.openapi.Describing;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What every call refuses, and how: one table, made of the routes themselves, so that a new call
/// is in it from its first day.
@Timeout(60)
class EveryCallRefusesTest {

  private static Service service;
  private static List<Route> routes;

  @BeforeAll
  static void start() {
    service = new Service(Service.Settings.SIGNED);
    routes = Describing.with(service.routes(), "test");
    service.client().post("/internal/v1/runs", Started.idle(1));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static Stream<Subject> subjects() {
    return routes.stream().map(route -> new Subject(service, route, routes));
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void parameters_that_make_no_sense(Row row) {
    assertRefused(row);
  }

  static Stream<Row> parameters() {
    return subjects().flatMap(subject -> new BadParameters(subject).rows());
  }

  @ParameterizedTest
  @MethodSource("senders")
  void callers_that_may_not(Row row) {
    assertRefused(row);
  }

  static Stream<Row> senders() {
    return subjects().flatMap(subject -> new BadSenders(subject).rows());
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void bodies_that_are_none(Row row) {
    assertRefused(row);
  }

  static Stream<Row> bodies() {
    return subjects().flatMap(subject -> new BadBodies(subject).rows());
  }

  private static void assertRefused(Row row) {
    Reply reply = row.call().get();

    assertThat(reply.refusal()).isEqualTo(row.refusal());
    assertThat(reply.paths()).isEqualTo(row.paths());
  }

  private static Stream<Subject> takingBodies() {
    return subjects().filter(Subject::takesBody);
  }

  @ParameterizedTest
  @MethodSource("takingBodies")
  @Tag("scenario-24")
  void a_body_of_a_byte_too_many(Subject subject) throws IOException {
    int most = RequestLimits.DEFAULT.bodyBytesMax();
    try (RawConnection connection = new RawConnection(service)) {
      connection.send(new BadBodies(subject).oversized(most));

      assertThat(connection.rest()).startsWith("HTTP/1.1 413 ").contains("payload_too_large");
    }
  }

  private static Stream<Subject> takingJson() {
    return subjects().filter(subject -> subject.route().contract().body() instanceof JsonBody);
  }

  @ParameterizedTest
  @MethodSource("takingJson")
  @Tag("scenario-24")
  void a_body_of_too_many_values(Subject subject) {
    String body = "{\"a\":[" + "1,".repeat(JsonLimits.REQUEST.values()) + "1]}";

    assertThat(subject.caller().post(subject.target(), body).refusal())
        .isEqualTo("413 payload_too_large");
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void methods_that_it_has_not(Subject subject) {
    for (String method : subject.otherMethods()) {
      Reply reply = service.unsigned().send(method, subject.target(), null);

      assertThat(reply.refusal()).as(method).isEqualTo("405 method_not_allowed");
      assertThat(List.of(reply.header("Allow").split(", ", -1)))
          .as(method)
          .containsExactlyInAnyOrderElementsOf(subject.methods());
    }
    assertThat(service.unsigned().send("HEAD", subject.target(), null).status()).isEqualTo(405);
  }

  private static Stream<Arguments> queries() {
    return subjects()
        .flatMap(subject ->
            subject.route().contract().parameters().stream()
                .filter(parameter -> parameter.in() == In.QUERY)
                .flatMap(parameter ->
                    BadParameters.values(parameter).stream()
                        .map(value -> parameter.name() + "=" + value))
                .map(query -> Arguments.of(subject, query)));
  }

  @ParameterizedTest
  @MethodSource("queries")
  void what_is_just_within_bounds_is_taken(Subject subject, String query) throws IOException {
    var answer = subject.opened(subject.target() + "?" + query);
    answer.body().close();

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void every_call_is_in_the_table() {
    assertThat(routes).hasSizeGreaterThanOrEqualTo(20);
    for (Route route : routes) {
      String call = route.method() + " " + route.path() + ", ";
      for (Parameter parameter : route.contract().parameters()) {
        assertThat(parameters())
            .as(parameter.name())
            .filteredOn(row -> row.name().startsWith(call))
            .anyMatch(row -> row.name().contains(parameter.name()));
      }
      for (Stream<Row> rows : List.of(parameters(), bodies())) {
        assertThat(rows).as(call).anyMatch(row -> row.name().startsWith(call));
      }
      assertThat(senders().anyMatch(row -> row.name().startsWith(call)))
          .as(call)
          .isEqualTo(route.guard().signed());
    }
  }
}
