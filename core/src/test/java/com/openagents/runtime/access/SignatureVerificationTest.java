package com.openagents.runtime.access;

import static com.openagents.runtime.access.Signed.BINDING;
import static com.openagents.runtime.access.Signed.BODY;
import static com.openagents.runtime.access.Signed.FIRST;
import static com.openagents.runtime.access.Signed.NOW;
import static com.openagents.runtime.access.Signed.REQUEST;
import static com.openagents.runtime.access.Signed.RUN;
import static com.openagents.runtime.access.Signed.SECOND;
import static com.openagents.runtime.access.Signed.USER;
import static com.openagents.runtime.access.Signed.by;
import static com.openagents.runtime.access.Signed.claims;
import static com.openagents.runtime.access.Signed.lasting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.openagents.runtime.access.Claims.Binding;
import com.openagents.runtime.access.Verdict.Accepted;
import com.openagents.runtime.access.Verdict.Reason;
import com.openagents.runtime.access.Verdict.Refused;
import com.openagents.runtime.access.Verification.Proven;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("scenario-26")
class SignatureVerificationTest {

  private static final String GUEST = "g-0123456789abcdef0123456789abcdef";
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Signed side = new Signed();

  @Test
  void a_request_signed_as_it_is_sent_is_accepted() {
    String header = Signed.signer(FIRST).sign(BINDING, Set.of());

    assertThat(side.verify(header, REQUEST))
        .isEqualTo(new Accepted(new Caller("k1", USER, Set.of(), null, null, null, null)));
    assertThat(side.used()).hasSize(1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refuses(Reason why, @Nullable String header, Presented request) {
    assertThat(side.verify(header, request)).isEqualTo(new Refused(why));
    assertThat(side.used()).as("a refused request uses no nonce up").isEmpty();
  }

  @Test
  void a_glance_refuses_what_the_header_alone_decides_and_uses_nothing_up() {
    assertThat(side.glance(null)).contains(Reason.MISSING);
    assertThat(side.glance("v1.x.y")).contains(Reason.MALFORMED);
    assertThat(side.glance(by(SECOND, ofKey("k2")))).contains(Reason.UNKNOWN_KEY);
    assertThat(side.glance(by(SECOND.replace("k2", "k1"), claims(BINDING))))
        .contains(Reason.WRONG_SIGNATURE);
    assertThat(side.glance(timed(-60, 60))).contains(Reason.EXPIRED);
    assertThat(side.glance(good())).isEmpty();
    assertThat(side.used()).isEmpty();
    assertThat(side.verify(good(), REQUEST)).isInstanceOf(Accepted.class);
  }

  @Test
  void refuses_what_expires_while_its_body_comes() {
    AtomicReference<Instant> now = new AtomicReference<>(NOW);
    Verification server = new Verification(SigningKeys.parse(FIRST), (_, _, _) -> true, now::get);
    Proven proven = (Proven) server.glance(good());
    now.set(NOW.plusSeconds(60));
    assertThat(server.verify(proven, REQUEST)).isEqualTo(new Refused(Reason.EXPIRED));
  }

  @Test
  void a_nonce_is_remembered_for_as_long_as_a_clock_may_be_behind() {
    AtomicReference<Instant> until = new AtomicReference<>();
    Nonces nonces =
        (_, _, remembered) -> {
          until.set(remembered);
          return true;
        };
    Verification server = new Verification(SigningKeys.parse(FIRST), nonces, () -> NOW);
    assertThat(server.verify(good(), REQUEST)).isInstanceOf(Accepted.class);
    assertThat(until).hasValue(NOW.plusSeconds(60).plus(Verification.SKEW));
  }

  static Stream<Arguments> refuses() {
    return Stream.of(
        arguments(Reason.MISSING, null, REQUEST),
        arguments(Reason.UNKNOWN_KEY, by(SECOND, ofKey("k2")), REQUEST),
        arguments(Reason.WRONG_SIGNATURE, by(SECOND.replace("k2", "k1"), claims(BINDING)), REQUEST),
        arguments(Reason.ISSUED_IN_THE_FUTURE, timed(31, 60), REQUEST),
        arguments(Reason.EXPIRED, timed(-60, 60), REQUEST),
        arguments(Reason.EXPIRED, timed(-300, 299), REQUEST),
        arguments(Reason.LIVES_TOO_LONG, timed(0, 301), REQUEST),
        arguments(Reason.LIVES_TOO_LONG, timed(30, -10), REQUEST),
        arguments(Reason.METHOD_MISMATCH, good(), with("GET", REQUEST.target(), BODY)),
        arguments(Reason.PATH_MISMATCH, good(), with("POST", "/internal/v1/runs/y", BODY)),
        arguments(Reason.PATH_MISMATCH, good(), with("POST", REQUEST.target() + "&b", BODY)),
        arguments(
            Reason.PATH_MISMATCH, good(), with("POST", REQUEST.target().replace("%20", "+"), BODY)),
        arguments(
            Reason.BODY_MISMATCH, good(), with("POST", REQUEST.target(), Digest.ofText("{}"))),
        arguments(Reason.PRINCIPAL_MISMATCH, good(), as("43", null)),
        arguments(Reason.PRINCIPAL_MISMATCH, good(), as("042", null)),
        arguments(Reason.PRINCIPAL_MISMATCH, good(), as("+42", null)),
        arguments(Reason.PRINCIPAL_MISMATCH, good(), as("42", GUEST)),
        arguments(Reason.PRINCIPAL_MISMATCH, good(), as(null, GUEST)),
        arguments(Reason.PRINCIPAL_MISMATCH, by(FIRST, claims(of(null))), REQUEST),
        arguments(
            Reason.RUN_MISMATCH,
            by(FIRST, claims(bound(RUN, null))),
            at("00000000-0000-0007-0000-000000000008", null)),
        arguments(
            Reason.THREAD_MISMATCH,
            by(FIRST, claims(bound(null, new ThreadId("t")))),
            at(null, "T")));
  }

  @ParameterizedTest
  @MethodSource
  void takes_what_lies_just_within_the_limits(String header) {
    assertThat(side.verify(header, REQUEST)).isInstanceOf(Accepted.class);
  }

  static Stream<String> takes_what_lies_just_within_the_limits() {
    return Stream.of(timed(30, 60), timed(-59, 60), timed(-299, 300), timed(0, 300), timed(0, 1));
  }

  @ParameterizedTest
  @MethodSource
  void what_has_not_the_shape_of_a_signature_is_malformed(String header) {
    assertThat(side.verify(header, REQUEST)).isEqualTo(new Refused(Reason.MALFORMED));
  }

  static Stream<String> what_has_not_the_shape_of_a_signature_is_malformed() {
    String good = good();
    String[] parts = good.split("\\.", -1);
    return Stream.of(
        "",
        "v1",
        "v1.",
        "v1..",
        "v2." + parts[1] + "." + parts[2],
        parts[1] + "." + parts[2],
        good + "=",
        good + ".x",
        " " + good,
        good + "\n",
        "v1." + parts[1] + "=." + parts[2],
        "v1.%." + parts[2],
        "v1." + "A".repeat(4096) + "." + parts[2],
        json("[]"),
        json("{}"),
        json("nothing"),
        json("{\"iat\":1,\"iat\":1}"),
        json(full().replace("\"kid\"", "\"alg\":\"none\",\"kid\"")),
        json(full().replace("\"n-1\"", "\"\"")),
        json(full().replace("\"n-1\"", "\"a b\"")),
        json(full().replace("\"n-1\"", "7")),
        json(full().replace("\"userId\":42", "\"userId\":\"42\"")),
        json(full().replace("\"userId\":42", "\"userId\":42.5")),
        json(full().replace("\"userId\":42", "\"userId\":0")),
        json(full().replace("\"userId\":42", "\"userId\":42,\"guestScope\":\"" + GUEST + "\"")),
        json(full().replace("\"userId\":42", "\"guestScope\":\"g-x\"")),
        json(full().replace("\"userId\":42", "\"roles\":\"operator\"")),
        json(full().replace("\"userId\":42", "\"roles\":[1]")),
        json(full().replace("\"userId\":42", "\"runId\":\"1\"")),
        json(full().replace("\"bodySha256\":\"", "\"bodySha256\":\"x")),
        json(full().replaceFirst("\"exp\":\\d+", "\"exp\":1e300")),
        json(full().replaceFirst("\"exp\":\\d+", "\"exp\":null")));
  }

  @Test
  void a_nonce_is_good_for_one_request() {
    String header = good();
    side.verify(header, REQUEST);

    assertThat(side.verify(header, REQUEST)).isEqualTo(new Refused(Reason.REPLAYED));
  }

  @Test
  void no_byte_of_a_header_can_be_changed() {
    String header = good();
    for (int at = 0; at < header.length(); at++) {
      for (int bit = 1; bit < 128; bit <<= 1) {
        char[] tampered = header.toCharArray();
        tampered[at] ^= (char) bit;
        assertThat(side.verify(new String(tampered), REQUEST))
            .as("bit %d of byte %d", bit, at)
            .isInstanceOf(Refused.class);
      }
    }
    assertThat(side.verify(header, REQUEST)).isInstanceOf(Accepted.class);
  }

  @Test
  void while_keys_rotate_both_are_good() {
    Verification server = side.server(SECOND + "," + FIRST);
    String old = Signed.signer(FIRST).sign(BINDING, Set.of());
    String fresh =
        by(
            SECOND,
            new Claims(Signed.NOW, Signed.NOW.plus(MINUTE), "n-2", "k2", BINDING, Set.of(), null));

    assertThat(server.verify(old, REQUEST)).isInstanceOf(Accepted.class);
    assertThat(server.verify(fresh, REQUEST)).isInstanceOf(Accepted.class);
  }

  @Test
  void the_first_key_signs() {
    String header = Signed.signer(SECOND + "," + FIRST).sign(BINDING, Set.of());

    assertThat(side.server(SECOND).verify(header, REQUEST)).isInstanceOf(Accepted.class);
  }

  @Test
  void a_guest_is_a_principal_too() {
    Principal guest = new Principal.Guest(GUEST);

    assertThat(side.verify(by(FIRST, claims(of(guest))), as(null, GUEST)))
        .isEqualTo(new Accepted(new Caller("k1", guest, Set.of(), null, null, null, null)));
  }

  @Test
  void a_caller_that_names_no_principal_acts_for_nobody() {
    assertThat(side.verify(good(), as(null, null)))
        .isEqualTo(new Accepted(new Caller("k1", null, Set.of(), null, null, null, null)));
  }

  @Test
  void roles_are_what_the_claims_say() {
    String header = Signed.signer(FIRST).sign(BINDING, Set.of("operator"));

    assertThat(side.verify(header, REQUEST))
        .isInstanceOfSatisfying(
            Accepted.class,
            accepted -> {
              assertThat(accepted.caller().isOperator()).isTrue();
              assertThat(accepted.caller().actor()).isEqualTo("operator:k1");
            });
  }

  @Test
  void a_caller_without_the_role_is_no_operator() {
    String header = Signed.signer(FIRST).sign(BINDING, Set.of("reader"));

    assertThat(side.verify(header, REQUEST))
        .isInstanceOfSatisfying(
            Accepted.class,
            accepted -> {
              assertThat(accepted.caller().isOperator()).isFalse();
              assertThat(accepted.caller().actor()).isEqualTo("caller:k1");
            });
  }

  @Test
  void the_greatest_whole_number_of_json_can_be_a_user() {
    String id = "9007199254740991";
    String header = by(FIRST, claims(of(new Principal.User(Long.parseLong(id)))));

    assertThat(side.verify(header, as(id, null))).isInstanceOf(Accepted.class);
  }

  @Test
  void a_token_for_one_run_concerns_no_other() {
    String header = by(FIRST, claims(bound(RUN, new ThreadId("t"))));
    Caller caller = ((Accepted) side.verify(header, at(RUN.toString(), "t"))).caller();

    assertThat(caller.mayConcern(RUN, new ThreadId("t"))).isTrue();
    assertThat(caller.mayConcern(RUN, new ThreadId("u"))).isFalse();
    assertThat(caller.mayConcern(new RunId(new UUID(7, 8)), new ThreadId("t"))).isFalse();
  }

  private static String good() {
    return by(FIRST, claims(BINDING));
  }

  private static String timed(int issuedIn, int lifetime) {
    return by(FIRST, lasting(Duration.ofSeconds(issuedIn), Duration.ofSeconds(lifetime), BINDING));
  }

  private static Claims ofKey(String keyId) {
    return new Claims(Signed.NOW, Signed.NOW.plus(MINUTE), "n-1", keyId, BINDING, Set.of(), null);
  }

  private static Binding of(@Nullable Principal principal) {
    return new Binding(BINDING.method(), BINDING.target(), BODY, null, null, principal);
  }

  private static Binding bound(@Nullable RunId run, @Nullable ThreadId thread) {
    return new Binding(BINDING.method(), BINDING.target(), BODY, run, thread, USER);
  }

  private static Presented with(String method, String target, Digest body) {
    return new Presented(method, target, body, "42", null, null, null);
  }

  private static Presented as(@Nullable String userId, @Nullable String guestScope) {
    return new Presented("POST", REQUEST.target(), BODY, userId, guestScope, null, null);
  }

  private static Presented at(@Nullable String runId, @Nullable String threadId) {
    return new Presented("POST", REQUEST.target(), BODY, "42", null, runId, threadId);
  }

  /// The JSON of claims that are good.
  private static String full() {
    return new String(
        Base64.getUrlDecoder().decode(good().split("\\.", -1)[1]), StandardCharsets.UTF_8);
  }

  private static String json(String claims) {
    byte[] bytes = claims.getBytes(StandardCharsets.UTF_8);
    return "v1."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)
        + "."
        + good().split("\\.", -1)[2];
  }
}
