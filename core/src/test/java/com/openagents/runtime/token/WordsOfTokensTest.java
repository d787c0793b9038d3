package com.openagents.runtime.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.access.Membership.Role;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WordsOfTokensTest {

  @Test
  void the_form_of_a_scope_is_that_of_every_scope_and_of_nothing_else() {
    for (Scope scope : Scope.values()) {
      assertThat(scope.wireName()).matches(Scope.FORM);
      assertThat(Scope.of(scope.wireName())).isEqualTo(scope);
    }
    assertThat(List.of("runtime.everything", "run_summaries", "runtime.RUN_SUMMARIES", ""))
        .noneMatch(text -> text.matches(Scope.FORM))
        .allSatisfy(text ->
            assertThatThrownBy(() -> Scope.of(text)).isInstanceOf(IllegalArgumentException.class));
  }

  @Test
  void scopes_have_an_order_of_their_own() {
    assertThat(Scope.all(List.of("runtime.notifications", "runtime.run_summaries")))
        .containsExactly(Scope.RUN_SUMMARIES, Scope.NOTIFICATIONS);
  }

  @Test
  void roles_are_three_words() {
    assertThat(Stream.of(Role.values()).map(Role::wireName))
        .containsExactly("member", "admin", "owner")
        .allMatch(word -> Role.of(word).wireName().equals(word));
    assertThatThrownBy(() -> Role.of("Owner")).isInstanceOf(IllegalArgumentException.class);
  }
}
