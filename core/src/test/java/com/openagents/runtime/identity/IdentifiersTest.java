package com.openagents.runtime.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What may name something, and what may not.
class IdentifiersTest {

  private static final long USER_MAX = 9_007_199_254_740_991L;

  static Stream<Function<String, Object>> chosenByClients() {
    return Stream.of(FrameId::new, NodeId::new, ThreadId::new);
  }

  @ParameterizedTest
  @MethodSource("chosenByClients")
  void a_name_has_1_to_128_characters_and_is_told_as_it_is(Function<String, Object> kind) {
    for (String name : new String[] {"a", "!", "~", "x".repeat(128)}) {
      assertThat(kind.apply(name)).hasToString(name);
    }
    for (String name : new String[] {"", "x".repeat(129)}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> kind.apply(name))
          .withMessageEndingWith("has 1 to 128 characters");
    }
  }

  @ParameterizedTest
  @MethodSource("chosenByClients")
  void a_name_has_nothing_that_is_invisible_or_not_ascii(Function<String, Object> kind) {
    for (String name : new String[] {" ", "a b", "a\n", "\u007f", "naïve", "日"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> kind.apply(name))
          .withMessageEndingWith("has visible ASCII characters only");
    }
  }

  @Test
  void a_principal_is_read_from_its_key() {
    String guest = "g-" + "0123456789abcdef".repeat(2);
    assertThat(new Principal.User(42).key()).isEqualTo("user:42");
    assertThat(new Principal.Guest(guest).key()).isEqualTo("guest:" + guest);
    for (Principal one :
        new Principal[] {
          new Principal.User(1), new Principal.User(USER_MAX), new Principal.Guest(guest)
        }) {
      assertThat(Principal.ofKey(one.key())).isEqualTo(one);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user:0",
        "user:-1",
        "user:9007199254740992",
        "user:",
        "user:x",
        "guest:",
        "guest:g-0123456789ABCDEF0123456789abcdef",
        "guest:g-0123456789abcdef0123456789abcde",
        "service:a",
        "42"
      })
  void what_is_no_principals_key_is_refused(String key) {
    assertThatIllegalArgumentException().isThrownBy(() -> Principal.ofKey(key));
  }

  @Test
  void a_run_id_is_a_uuid_of_36_characters_in_either_case() {
    String text = "0190a0c0-0000-7000-8000-00000000000a";
    assertThat(RunId.parse(text))
        .hasToString(text)
        .isEqualTo(RunId.parse("0190A0C0" + text.substring(8)));
    for (String odd : new String[] {"", "1-1-1-1-1", text + "0", text.replace('a', 'g')}) {
      assertThatIllegalArgumentException().isThrownBy(() -> RunId.parse(odd));
    }
  }

  @Test
  void run_ids_stand_in_the_order_of_their_text() {
    assertThat(
            Stream.of(
                    new RunId(new UUID(-1, 0)),
                    new RunId(new UUID(1, -1)),
                    new RunId(new UUID(1, 1)),
                    new RunId(new UUID(2, 0)),
                    new RunId(new UUID(0, 5)))
                .sorted())
        .extracting(RunId::toString)
        .hasSize(5)
        .isSorted();
    assertThat(new RunId(new UUID(1, 1))).isEqualByComparingTo(new RunId(new UUID(1, 1)));
  }

  @Test
  void a_trace_id_has_32_lowercase_hex_digits_and_is_not_zero() {
    String text = "0123456789abcdef".repeat(2);
    assertThat(new TraceId(text)).hasToString(text);
    for (String odd :
        new String[] {
          "", text + "0", text.substring(1), text.toUpperCase(Locale.ROOT), "0".repeat(32)
        }) {
      assertThatIllegalArgumentException().isThrownBy(() -> new TraceId(odd));
    }
  }
}
