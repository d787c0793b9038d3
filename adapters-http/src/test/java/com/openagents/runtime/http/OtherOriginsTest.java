package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.oidc.IdentityTokens;
import com.openagents.runtime.http.oidc.IssuerDocuments;
import com.openagents.runtime.http.oidc.IssuerKeys;
import com.openagents.runtime.http.oidc.TestIssuer;
import com.openagents.runtime.http.oidc.TestKey;
import com.openagents.runtime.http.oidc.TestToken;
import com.openagents.runtime.http.oidc.TrustedIssuer;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a browser asks before a page of another origin may call, and lets the page read (Fetch).
@Tag("G14")
class OtherOriginsTest {

  private static final String PAGE = "https://app.example.com";
  private static final String CONVEX = "/api/convex/token";
  private static final TestKey KEY = TestKey.rsa("r1");

  private static TestIssuer issuer;
  private static IssuerDocuments documents;
  private static Service service;

  @BeforeAll
  static void start() {
    issuer = new TestIssuer();
    issuer.publish(KEY);
    documents = new IssuerDocuments(issuer.address());
    var keys = new IssuerKeys(documents, Runnable::run, () -> 0, new HeardIdentities());
    var trusted = new TrustedIssuer(issuer.address(), TestToken.AUDIENCE);
    var people = new IdentityTokens(trusted, keys, InstantSource.system());
    service =
        new Service(
            Service.Settings.SIGNED.with(Set.of(PAGE)).with(Trust.USUAL.withPeople(people)));
  }

  @AfterAll
  static void stop() {
    service.close();
    documents.close();
    issuer.close();
  }

  private static String preflight(String origin) throws IOException {
    try (RawConnection connection = new RawConnection(service)) {
      return connection
          .send(
              "OPTIONS "
                  + CONVEX
                  + " HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: "
                  + origin
                  + "\r\nAccess-Control-Request-Method: POST"
                  + "\r\nAccess-Control-Request-Headers: authorization,content-type"
                  + "\r\nConnection: close\r\n\r\n")
          .rest();
    }
  }

  private static Set<String> names(String line) {
    Set<String> names = new TreeSet<>();
    Stream.of(line.split(",", -1))
        .map(name -> name.strip().toLowerCase(Locale.ROOT))
        .forEach(names::add);
    return names;
  }

  private static Set<String> listed(String answer, String header) {
    return answer
        .lines()
        .filter(line -> line.startsWith(header + ": "))
        .findFirst()
        .map(line -> names(line.substring(header.length() + 2)))
        .orElseThrow();
  }

  @Test
  void a_page_gets_a_token_with_what_its_identity_provider_gave_it() throws IOException {
    String asked = preflight(PAGE);

    assertThat(asked).startsWith("HTTP/1.1 204 ");
    assertThat(listed(asked, "Access-Control-Allow-Origin")).containsExactly(PAGE);
    assertThat(listed(asked, "Access-Control-Allow-Methods")).contains("post");
    assertThat(listed(asked, "Access-Control-Allow-Headers"))
        .contains("authorization", "content-type");

    TestToken session = TestToken.of(issuer.address(), KEY, service.clock().instant());
    Reply minted =
        service
            .unsigned()
            .as(null)
            .with("Origin", PAGE)
            .with("Authorization", "Bearer " + session.claim("sub", "\"user:42\"").text())
            .post(CONVEX, "{}");
    assertThat(minted.string("subject")).isEqualTo("user:42");
    assertThat(minted.header("Access-Control-Allow-Origin")).isEqualTo(PAGE);
  }

  @Test
  void a_page_of_an_origin_that_is_not_named_is_allowed_nothing() throws IOException {
    assertThat(preflight("https://other.example.com")).doesNotContain("Access-Control-Allow");
  }

  @Test
  void whatever_header_the_document_names_may_be_sent() throws IOException {
    Reply document = service.unsigned().get("/openapi.json");
    Set<String> sent = new TreeSet<>(Set.of("authorization", "content-type"));
    ((Json.Obj) document.at("components", "parameters"))
        .fields()
        .keySet()
        .forEach(name -> sent.add(name.toLowerCase(Locale.ROOT)));
    sent.add("x-oa-runtime-signature");

    assertThat(listed(preflight(PAGE), "Access-Control-Allow-Headers")).isEqualTo(sent);
  }

  @Test
  void whatever_header_an_answer_may_have_is_read() {
    Json.Obj paths = (Json.Obj) service.unsigned().get("/openapi.json").at("paths");
    Set<String> answered = new TreeSet<>();
    collect(paths, answered);
    Reply refused = service.unsigned().as(null).with("Origin", PAGE).post(CONVEX, "{}");

    assertThat(refused.refusal()).isEqualTo("401 unauthorized");
    assertThat(answered).contains("www-authenticate", "retry-after", "x-request-id");
    assertThat(names(refused.header("Access-Control-Expose-Headers"))).containsAll(answered);
  }

  /// The names of all headers of answers.
  private static void collect(Json within, Set<String> names) {
    switch (within) {
      case Json.Obj object ->
          object
              .fields()
              .forEach((name, value) -> {
                if (name.equals("headers") && value instanceof Json.Obj headers) {
                  headers.fields().keySet().forEach(h -> names.add(h.toLowerCase(Locale.ROOT)));
                } else {
                  collect(value, names);
                }
              });
      case Json.Arr(List<Json> items) -> items.forEach(item -> collect(item, names));
      case Json.Null() -> {}
      case Json.Bool _ -> {}
      case Json.Num _ -> {}
      case Json.Str _ -> {}
    }
  }
}
