package com.openagents.runtime.seal;

import static com.openagents.runtime.seal.Report.Place.EVENT;
import static com.openagents.runtime.seal.Report.Place.HEADER;
import static com.openagents.runtime.seal.Report.Place.SEAL;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.log.AgedRange;
import com.openagents.runtime.seal.Report.Aged;
import com.openagents.runtime.seal.Report.Broken;
import com.openagents.runtime.seal.Report.Intact;
import com.openagents.runtime.seal.Report.Late;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks the lines of a [Bundle], one after the other. Pure, and bounded in memory whatever it is
/// given. Not thread-safe.
final class Verification {

  /// More records after the end of a run than this are not the runtime's.
  private static final int LATE_MAX = 10_000;

  /// More than a log of the longest that can be set could have.
  private static final int AGED_MAX = 1_000_000;

  private final Set<String> trustedKeys;
  private final List<Late> late = new ArrayList<>();
  private final List<Aged> aged = new ArrayList<>();
  private boolean foreign;
  private long lines;
  private int version;
  private @Nullable SealStatement seal;
  private @Nullable Chain chain;
  private @Nullable Broken broken;

  /// @param trustedKeys the public keys that the verifier trusts, as [Signer#keyId()] writes them
  Verification(Set<String> trustedKeys) {
    this.trustedKeys = Set.copyOf(trustedKeys);
  }

  boolean broken() {
    return broken != null;
  }

  /// Checks the next line, given without its line feed; does nothing once something is broken.
  void line(byte[] utf8) {
    if (broken != null) {
      return;
    }
    lines++;
    if (lines == 1) {
      header(BundleLine.text(utf8));
    } else if (seal == null || chain == null) {
      seal(BundleLine.read(utf8));
    } else {
      chain = link(seal, chain, BundleLine.read(utf8));
    }
  }

  /// Names the line that is longer than any the runtime writes.
  void tooLong() {
    lines++;
    fail(expected(), "the line is too long");
  }

  Report report() {
    if (broken == null && (seal == null || chain == null || chain.count() < seal.throughSeq())) {
      lines++;
      fail(expected(), "the line is missing");
    }
    if (broken != null || seal == null) {
      return broken == null ? new Broken(SEAL, 0, "the line is missing") : broken;
    }
    return new Intact(
        seal.runId(),
        seal.throughSeq(),
        seal.at(),
        seal.keyId(),
        trustedKeys.contains(seal.keyId()) && !foreign,
        late,
        aged);
  }

  private void header(@Nullable String text) {
    version = Bundle.header(1).equals(text) ? 1 : Bundle.header(2).equals(text) ? 2 : 0;
    if (version == 0) {
      fail(HEADER, "this is not a bundle of version 1 or 2");
    }
  }

  private void seal(Json.@Nullable Obj line) {
    SealLine read = line == null ? null : SealLine.of(line);
    if (read == null) {
      fail(SEAL, "the line is not a seal");
    } else if (Bundle.version(read.signature()) != version) {
      fail(SEAL, "the seal is not of the version of the bundle");
    } else if (!read.verifies()) {
      fail(SEAL, "the signature does not belong to this seal");
    } else {
      seal = read.statement();
      chain = Chain.begin(seal.runId());
    }
  }

  private @Nullable Chain link(SealStatement sealed, Chain before, Json.@Nullable Obj line) {
    return line != null && line.fields().containsKey("aged")
        ? aged(sealed, before, line)
        : event(sealed, before, line);
  }

  /// A range lies before the end of its run, so that the sealed hash stands behind it.
  private @Nullable Chain aged(SealStatement sealed, Chain before, Json.Obj line) {
    AgedRange range = AgedStatement.read(line, before);
    if (range == null || range.from() != before.count() + 1) {
      return fail(EVENT, "the line does not stand for the events that follow");
    }
    byte[] statement = AgedStatement.of(before, range).bytes();
    if (!Ed25519.verifies(range.keyId(), statement, range.signature())) {
      return fail(EVENT, "the signature does not belong to what aged out");
    }
    if (range.through() >= sealed.throughSeq() || aged.size() == AGED_MAX) {
      return fail(EVENT, "these events cannot have aged out");
    }
    foreign |= !trustedKeys.contains(range.keyId());
    aged.add(new Aged(range.from(), range.through()));
    return before.through(range);
  }

  private @Nullable Chain event(SealStatement sealed, Chain before, Json.@Nullable Obj line) {
    if (line == null || !(line.get("event") instanceof Json.Obj event)) {
      return fail(EVENT, "the line is not an event");
    }
    String envelope = CanonicalJson.write(event);
    Chain next = before.with(envelope);
    if (!Bundle.eventLine(envelope, next.head()).equals(CanonicalJson.write(line))) {
      return fail(EVENT, "the hash does not follow from the event and the hash before it");
    }
    if (!isNext(event, next)) {
      return fail(EVENT, "this is not the run's next event");
    }
    if (next.count() == sealed.throughSeq() && !next.head().equals(sealed.head())) {
      return fail(SEAL, "the chain of the events does not end in the sealed hash");
    }
    if (next.count() > sealed.throughSeq()) {
      late(next.count(), event);
    }
    return next;
  }

  private static boolean isNext(Json.Obj event, Chain chain) {
    return Json.of(chain.runId().toString()).equals(event.get("runId"))
        && Json.of((double) chain.count()).equals(event.get("seq"));
  }

  private void late(long seq, Json.Obj event) {
    if (late.size() == LATE_MAX) {
      fail(EVENT, "there are too many records after the seal");
    } else if (event.get("type") instanceof Json.Str(String type)) {
      late.add(new Late(seq, type));
    } else {
      fail(EVENT, "the event has no type");
    }
  }

  private Report.Place expected() {
    return lines == 1 ? HEADER : lines == 2 ? SEAL : EVENT;
  }

  /// Every line after the second is named by the first sequence that it is to have.
  private @Nullable Chain fail(Report.Place place, String reason) {
    broken = new Broken(place, place == EVENT && chain != null ? chain.count() + 1 : 0, reason);
    return null;
  }
}
