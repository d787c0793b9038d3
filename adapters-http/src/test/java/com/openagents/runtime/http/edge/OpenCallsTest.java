package com.openagents.runtime.http.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.access.Caller;
import com.openagents.runtime.access.Claims;
import com.openagents.runtime.access.SigningKeys;
import com.openagents.runtime.access.Verification;
import com.openagents.runtime.http.access.SignedCallers;
import com.openagents.runtime.http.exchange.Guard;
import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.http.exchange.ProblemCode;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.VirtualTime;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which calls need no signature.
class OpenCallsTest {

  private static final String ELSEWHERE = "192.0.2.7";

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1", "0:0:0:0:0:0:0:1", "[::1]"})
  void a_call_for_this_machine_is_open_to_its_loopback(String address) {
    assertThat(Endpoint.isOpen(Guard.LOCAL, address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {ELSEWHERE, "10.0.0.1", "0.0.0.0", "2001:db8::1", "::ffff:192.0.2.7"})
  void a_call_for_this_machine_is_closed_to_every_other(String address) {
    assertThat(Endpoint.isOpen(Guard.LOCAL, address)).isFalse();
    assertThat(Endpoint.isOpen(Guard.PUBLIC, address)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = Guard.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"LOCAL", "PUBLIC"})
  void every_other_call_is_signed_wherever_it_comes_from(Guard guard) {
    assertThat(Endpoint.isOpen(guard, "127.0.0.1")).isFalse();
    assertThat(Endpoint.isOpen(guard, ELSEWHERE)).isFalse();
  }

  @Test
  void from_elsewhere_operators_make_the_calls_of_this_machine() {
    var time = new VirtualTime(Instant.EPOCH);
    var keys = SigningKeys.parse("k1=c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0");
    var callers = new SignedCallers(new Verification(keys, new InMemoryStore(time).nonces(), time));
    callers.admit(
        new Caller(null, null, Set.of(Claims.OPERATOR), null, null, null, null), Guard.LOCAL);

    Caller user = new Caller(null, new Principal.User(1), Set.of(), null, null, null, null);
    assertThatThrownBy(() -> callers.admit(user, Guard.LOCAL))
        .isInstanceOfSatisfying(
            Problem.class, refused -> assertThat(refused.code()).isEqualTo(ProblemCode.FORBIDDEN));
  }
}
