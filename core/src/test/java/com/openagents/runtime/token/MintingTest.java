package com.openagents.runtime.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.access.Membership;
import com.openagents.runtime.access.Membership.Role;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.SeededIds;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.token.Minted.Issued;
import com.openagents.runtime.token.Minted.Reason;
import com.openagents.runtime.token.Minted.Refused;
import com.openagents.runtime.token.Minted.TooMany;
import com.openagents.runtime.token.Wish.Asked;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("G14")
class MintingTest {

  private static final Principal USER = new Principal.User(42);
  private static final Principal GUEST = new Principal.Guest("g-0123456789abcdef0123456789abcdef");
  private static final Membership ADMIN = new Membership("w-1", Role.ADMIN);
  private static final Asked NOTHING = new Asked(null, null);

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-05-01T10:00:00.750Z"));
  private final Revocations revocations = new InMemoryStore(time).revocations();
  private final List<Json.Obj> signed = new ArrayList<>();
  private final Minting minting = minting(false, 1_000);

  private Minting minting(boolean guests, long perMinute) {
    return new Minting(
        new Minting.Terms(
            "https://runtime.example",
            Map.of(TokenKind.CONVEX, "for-convex", TokenKind.SYNC, "for-sync"),
            guests),
        claims -> {
          signed.add(claims);
          return new TokenSigner.Signed("token-" + signed.size(), "k1");
        },
        revocations,
        new Allowance(perMinute, time),
        time,
        new SeededIds(time, 1));
  }

  private static Wish wish(Principal principal) {
    return wish(principal, null, NOTHING);
  }

  private static Wish wish(Principal principal, @Nullable Membership proven, Asked asked) {
    return new Wish(TokenKind.CONVEX, principal, proven, asked, Set.of(), Wish.LIFE);
  }

  @Test
  void a_token_for_convex_says_whose_it_is_in_flat_claims() {
    assertThat(minting.mint(wish(USER))).isInstanceOf(Issued.class);

    Json.Obj claims = signed.getFirst();
    assertThat(claims.get("jti")).isInstanceOf(Json.Str.class);
    assertThat(claims)
        .isEqualTo(
            Json.object()
                .put("iss", "https://runtime.example")
                .put("aud", "for-convex")
                .put("sub", "user:42")
                .put("iat", 1_777_629_600)
                .put("nbf", 1_777_629_600)
                .put("exp", 1_777_629_900)
                .put("jti", claims.get("jti"))
                .put("oa_claims_version", "oa_convex_claims_v1")
                .put("oa_user_id", 42)
                .put(
                    "scope",
                    "runtime.run_summaries runtime.thread_summaries runtime.timeline_slices")
                .build());
  }

  @Test
  void a_token_for_sync_names_its_scopes_in_a_list() {
    Wish wish =
        new Wish(
            TokenKind.SYNC,
            USER,
            ADMIN,
            NOTHING,
            Set.of(Scope.NOTIFICATIONS, Scope.RUN_SUMMARIES),
            Wish.LIFE_MAX);
    assertThat(minting.mint(wish)).isInstanceOf(Issued.class);

    Json.Obj claims = signed.getFirst();
    assertThat(claims.get("aud")).isEqualTo(Json.of("for-sync"));
    assertThat(claims.get("oa_claims_version")).isEqualTo(Json.of("oa_sync_claims_v1"));
    assertThat(claims.get("oa_org_id")).isEqualTo(Json.of("user:42"));
    assertThat(claims.get("oa_workspace_id")).isEqualTo(Json.of("w-1"));
    assertThat(claims.get("oa_role")).isEqualTo(Json.of("admin"));
    assertThat(claims.get("exp")).isEqualTo(Json.of(1_777_630_500));
    assertThat(claims.get("scope")).isNull();
    assertThat(claims.get("oa_sync_scopes"))
        .isEqualTo(
            Json.array(
                List.of(Json.of("runtime.run_summaries"), Json.of("runtime.notifications"))));
  }

  @Test
  void without_scopes_a_sync_token_has_the_usual_one() {
    minting.mint(new Wish(TokenKind.SYNC, USER, null, NOTHING, Set.of(), Wish.LIFE_MIN));

    assertThat(signed.getFirst().get("oa_sync_scopes"))
        .isEqualTo(Json.array(List.of(Json.of("runtime.run_summaries"))));
  }

  @Test
  void no_two_tokens_have_one_id() {
    minting.mint(wish(USER));
    minting.mint(wish(USER));

    assertThat(signed.get(0).get("jti")).isNotEqualTo(signed.get(1).get("jti"));
  }

  @Test
  void guests_get_none_unless_the_policy_says_so() {
    assertThat(minting.mint(wish(GUEST))).isEqualTo(new Refused(Reason.GUEST));
    assertThat(minting(true, 10).mint(wish(GUEST))).isInstanceOf(Issued.class);

    Json.Obj claims = signed.getFirst();
    assertThat(claims.get("sub")).isEqualTo(Json.of("guest:g-0123456789abcdef0123456789abcdef"));
    assertThat(claims.get("oa_guest_scope"))
        .isEqualTo(Json.of("g-0123456789abcdef0123456789abcdef"));
    assertThat(claims.get("oa_user_id")).isNull();
  }

  @Test
  void workspace_and_role_are_as_the_session_proves_them_and_never_as_asked() {
    Refused notAMember = new Refused(Reason.NOT_A_MEMBER);
    assertThat(minting.mint(wish(USER, null, new Asked("w-1", null)))).isEqualTo(notAMember);
    assertThat(minting.mint(wish(USER, null, new Asked(null, Role.MEMBER)))).isEqualTo(notAMember);
    assertThat(minting.mint(wish(USER, ADMIN, new Asked("w-2", null)))).isEqualTo(notAMember);
    assertThat(minting.mint(wish(USER, ADMIN, new Asked("w-1", Role.OWNER)))).isEqualTo(notAMember);
    assertThat(minting.mint(wish(USER, ADMIN, new Asked("w-1", Role.MEMBER))))
        .isEqualTo(notAMember);
    assertThat(signed).isEmpty();

    minting.mint(wish(USER, ADMIN, new Asked("w-1", Role.ADMIN)));
    minting.mint(wish(USER, ADMIN, NOTHING));
    minting.mint(wish(USER, new Membership("w-1", null), NOTHING));

    assertThat(signed).extracting(claims -> claims.get("oa_workspace_id")).containsOnly(w1());
    assertThat(signed)
        .extracting(claims -> claims.get("oa_role"))
        .containsExactly(Json.of("admin"), Json.of("admin"), null);
  }

  private static Json w1() {
    return Json.of("w-1");
  }

  @Test
  void while_a_subject_is_revoked_it_gets_none_and_others_do() {
    Revoked subject = new Revoked.Subject(USER);
    revocations.revoke(subject, time.instant().plus(Duration.ofMinutes(20)));

    assertThat(minting.mint(wish(USER))).isEqualTo(new Refused(Reason.REVOKED));
    assertThat(minting.mint(wish(new Principal.User(4)))).isInstanceOf(Issued.class);
    time.advance(Duration.ofMinutes(21));
    assertThat(minting.mint(wish(USER))).isInstanceOf(Issued.class);
  }

  @Test
  void a_subject_that_asks_too_often_waits_and_others_do_not() {
    Minting stingy = minting(false, 2);
    stingy.mint(wish(USER));
    time.advance(Duration.ofSeconds(20));
    stingy.mint(wish(USER));

    assertThat(stingy.mint(wish(USER))).isEqualTo(new TooMany(Duration.ofSeconds(40)));
    assertThat(stingy.mint(wish(new Principal.User(4)))).isInstanceOf(Issued.class);
    time.advance(Duration.ofSeconds(40));
    assertThat(stingy.mint(wish(USER))).isInstanceOf(Issued.class);
  }

  @Test
  void a_token_lives_from_one_to_fifteen_minutes() {
    for (long seconds : new long[] {0, 59, 901, -300}) {
      assertThatThrownBy(() ->
              new Wish(TokenKind.SYNC, USER, null, NOTHING, Set.of(), Duration.ofSeconds(seconds)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void a_token_is_not_shown_by_what_holds_it() {
    assertThat(new TokenSigner.Signed("secret-token", "k1").toString()).doesNotContain("secret");
  }
}
