package com.openagents.runtime.testkit.log;

import static com.openagents.runtime.testkit.Drafts.NODE;
import static com.openagents.runtime.testkit.Drafts.OTHER_NODE;
import static com.openagents.runtime.testkit.Drafts.TTL;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.lease.Lease;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.lease.LeaseRules;
import com.openagents.runtime.lease.LeaseVerdict;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Refusal;
import com.openagents.runtime.log.Appended.Refused;
import com.openagents.runtime.log.Appended.Written;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.testkit.Drafts;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every lease under every claim to it and every change of it: a store behaves as if it asked
/// [LeaseRules], after it has judged the writer's claim on its own clock.
///
/// Not asserted: what the rules themselves should be, which is for the rules' own tests.
public abstract class LeaseTableContract extends StoreContract {

  /// How the lease stands when the write comes.
  enum Standing {
    NEVER_HELD,
    HELD,
    EXPIRED,
    RELEASED,
    BROKEN
  }

  /// As whom the writer comes.
  enum Claim {
    NOBODY,
    CURRENT_EPOCH,
    EPOCH_BEFORE,
    EPOCH_TO_COME;

    Precondition precondition(long epoch) {
      return switch (this) {
        case NOBODY -> Precondition.OPEN;
        case CURRENT_EPOCH -> Precondition.executor(epoch);
        case EPOCH_BEFORE -> Precondition.executor(epoch - 1);
        case EPOCH_TO_COME -> Precondition.executor(epoch + 1);
      };
    }
  }

  private static final List<LeaseChange> CHANGES =
      List.of(
          LeaseChange.KEEP,
          new LeaseChange.Acquire(NODE, TTL),
          new LeaseChange.Acquire(OTHER_NODE, TTL),
          LeaseChange.VISIT,
          new LeaseChange.Extend(TTL),
          LeaseChange.RELEASE,
          LeaseChange.BREAK,
          LeaseChange.END);

  static Stream<Arguments> cells() {
    return Stream.of(Standing.values())
        .flatMap(standing ->
            Stream.of(Claim.values())
                .flatMap(claim ->
                    CHANGES.stream().map(change -> Arguments.of(standing, claim, change))));
  }

  @ParameterizedTest
  @MethodSource("cells")
  @Tag("G3")
  void a_lease_answers_as_its_rules_say(Standing standing, Claim claim, LeaseChange change) {
    bringTo(standing);
    RunHead before = head(RUN);
    Precondition precondition = claim.precondition(before.lease().epoch());
    Appended outcome = log().append(Drafts.deltas(RUN, precondition, "x").with(change));
    boolean fenced =
        claim != Claim.NOBODY && !(claim == Claim.CURRENT_EPOCH && standing == Standing.HELD);
    if (fenced) {
      assertRefusal(before, outcome, Refusal.FENCED);
    } else {
      assertAnswers(before, outcome, change);
    }
  }

  private void assertAnswers(RunHead before, Appended outcome, LeaseChange change) {
    switch (LeaseRules.decide(before.lease(), change, store().now())) {
      case LeaseVerdict.Refused(var why) ->
          assertRefusal(before, outcome, Refusal.valueOf(why.name()));
      case LeaseVerdict.Granted _ -> {
        assertThat(outcome).isInstanceOf(Written.class);
        Written written = (Written) outcome;
        Lease after = granted(before.lease(), change, written);
        assertThat(head(RUN).lease()).isEqualTo(after);
        assertThat(written.epoch()).isEqualTo(after.epoch());
        assertThat(texts(RUN)).containsExactly("x");
      }
    }
  }

  private static Lease granted(Lease before, LeaseChange change, Written written) {
    return ((LeaseVerdict.Granted) LeaseRules.decide(before, change, written.at())).after();
  }

  private void assertRefusal(RunHead before, Appended outcome, Refusal why) {
    assertThat(outcome).isEqualTo(new Refused(why, before.lastSeq(), before.lease().epoch()));
    assertThat(head(RUN)).isEqualTo(before);
    assertThat(texts(RUN)).isEmpty();
  }

  private void bringTo(Standing standing) {
    start(1);
    if (standing == Standing.NEVER_HELD) {
      return;
    }
    long epoch = write(Drafts.acquire(RUN, NODE)).epoch();
    if (standing == Standing.RELEASED) {
      write(change(Precondition.executor(epoch), LeaseChange.RELEASE));
    }
    if (standing == Standing.EXPIRED || standing == Standing.BROKEN) {
      store().passTime(MORE_THAN_TTL);
    }
    if (standing == Standing.BROKEN) {
      write(change(Precondition.OPEN, LeaseChange.BREAK));
    }
  }

  private static Append change(Precondition precondition, LeaseChange change) {
    return Append.of(RUN, precondition, List.of()).with(change);
  }
}
