package com.openagents.runtime.access;

import static com.openagents.runtime.access.Signed.BINDING;
import static com.openagents.runtime.access.Signed.FIRST;
import static com.openagents.runtime.access.Signed.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.access.Claims.Binding;
import com.openagents.runtime.access.Membership.Role;
import com.openagents.runtime.access.Verdict.Accepted;
import com.openagents.runtime.access.Verdict.Refused;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The holder of a key says what a user is in a workspace, beside who the user is.
@Tag("G14")
class SignedMembershipTest {

  private final Signed side = new Signed();

  private static Claims claims(Binding binding, @Nullable Membership membership) {
    return new Claims(
        Signed.NOW,
        Signed.NOW.plus(Duration.ofMinutes(1)),
        "n-1",
        "k1",
        binding,
        Set.of(),
        membership);
  }

  private @Nullable Membership accepted(Membership membership) {
    Verdict verdict = side.verify(Signed.by(FIRST, claims(BINDING, membership)), REQUEST);
    return ((Accepted) verdict).caller().membership();
  }

  @ParameterizedTest
  @EnumSource
  void a_workspace_and_a_role_are_what_the_claims_say(Role role) {
    Membership membership = new Membership("w-1", role);

    assertThat(accepted(membership)).isEqualTo(membership);
  }

  @Test
  void a_workspace_may_stand_alone() {
    assertThat(accepted(new Membership("w-1", null))).isEqualTo(new Membership("w-1", null));
  }

  @Test
  void claims_of_a_role_without_a_workspace_or_a_principal_are_none() {
    Binding nobody =
        new Binding(BINDING.method(), BINDING.target(), BINDING.body(), null, null, null);
    Claims nobodys = claims(nobody, new Membership("w-1", Role.OWNER));

    assertThat(side.verify(Signed.by(FIRST, nobodys), REQUEST))
        .isEqualTo(new Refused(Verdict.Reason.MALFORMED));
  }

  @Test
  void who_names_no_principal_in_the_headers_is_no_member() {
    String header = Signed.by(FIRST, claims(BINDING, new Membership("w-1", Role.OWNER)));
    Presented bare =
        new Presented(REQUEST.method(), REQUEST.target(), REQUEST.body(), null, null, null, null);

    assertThat(((Accepted) side.verify(header, bare)).caller().membership()).isNull();
  }

  @Test
  void a_workspaces_id_is_visible_ascii() {
    for (String id : List.of("", " ", "w 1", "größe", "w".repeat(129), "w\n")) {
      assertThatThrownBy(() -> new Membership(id, null))
          .as(id)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
