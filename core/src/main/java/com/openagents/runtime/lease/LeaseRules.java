package com.openagents.runtime.lease;

import static com.openagents.runtime.lease.LeaseVerdict.Refusal.HELD;
import static com.openagents.runtime.lease.LeaseVerdict.Refusal.NOT_HELD;

import com.openagents.runtime.lease.Lease.Free;
import com.openagents.runtime.lease.Lease.Held;
import com.openagents.runtime.lease.LeaseChange.Acquire;
import com.openagents.runtime.lease.LeaseChange.Break;
import com.openagents.runtime.lease.LeaseChange.End;
import com.openagents.runtime.lease.LeaseChange.Extend;
import com.openagents.runtime.lease.LeaseChange.Keep;
import com.openagents.runtime.lease.LeaseChange.Release;
import com.openagents.runtime.lease.LeaseChange.Visit;
import java.time.Instant;

/// What may happen to a lease. Pure and total; every store behaves as if it asked here.
///
/// Whether the writer is the holder is not asked here: the write's precondition names the epoch.
public final class LeaseRules {

  private record Cell(Lease lease, LeaseChange change) {}

  private LeaseRules() {}

  /// @param now the store's clock
  public static LeaseVerdict decide(Lease lease, LeaseChange change, Instant now) {
    return switch (new Cell(lease, change)) {
      case Cell(var any, Keep()) -> granted(any);
      case Cell(var any, End()) -> granted(new Free(any.epoch()));
      case Cell(Free(long epoch), Acquire(var owner, var ttl)) ->
          granted(new Held(epoch + 1, owner, now.plus(ttl)));
      case Cell(Held held, Acquire(var owner, var ttl)) when held.expiredAt(now) ->
          granted(new Held(held.epoch() + 1, owner, now.plus(ttl)));
      case Cell(Free(long epoch), Visit()) -> granted(new Free(epoch + 1));
      case Cell(Held held, Visit()) when held.expiredAt(now) -> granted(new Free(held.epoch() + 1));
      case Cell(Held _, Acquire _), Cell(Held _, Visit()) -> refused(HELD);
      case Cell(Held(long epoch, var owner, _), Extend(var ttl)) ->
          granted(new Held(epoch, owner, now.plus(ttl)));
      case Cell(Held(long epoch, _, _), Release()) -> granted(new Free(epoch));
      case Cell(Held held, Break()) when held.expiredAt(now) -> granted(new Free(held.epoch() + 1));
      case Cell(Held _, Break()) -> refused(HELD);
      case Cell(Free _, Extend _), Cell(Free _, Release()), Cell(Free _, Break()) ->
          refused(NOT_HELD);
    };
  }

  private static LeaseVerdict granted(Lease after) {
    return new LeaseVerdict.Granted(after);
  }

  private static LeaseVerdict refused(LeaseVerdict.Refusal why) {
    return new LeaseVerdict.Refused(why);
  }
}
