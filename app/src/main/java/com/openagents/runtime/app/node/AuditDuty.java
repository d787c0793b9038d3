package com.openagents.runtime.app.node;

import com.openagents.runtime.projection.PastAudit;
import com.openagents.runtime.projection.PastAudit.Sample;
import com.openagents.runtime.projection.PastAudits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Audits everything when that is due, where the documents are written.
///
/// When it is due is told by the last audit that any node has made, and asked often: nodes that
/// begin anew more often than audits are wanted would never come to one, and one that has just
/// begun does not write yet. Not thread-safe; may throw
/// [com.openagents.runtime.log.StoreUnavailable].
public final class AuditDuty {

  private static final Duration LOOK_MAX = Duration.ofMinutes(1);

  /// Behind an audit that came to no end.
  private static final Duration REST_MAX = Duration.ofMinutes(15);

  private final PastAudits audits;
  private final InstantSource clock;
  private final Duration interval;
  private final Acts acts;
  private boolean shown;

  /// When an audit was begun that has not come to its end.
  private @Nullable Instant begun;

  /// What a look comes to.
  public interface Acts {

    /// Whether this node writes.
    boolean writes();

    /// Audits everything, shows what it finds, and keeps it.
    void audit();

    /// Shows what was found before this node wrote, by the last audit.
    void show(PastAudit last);

    /// Shows nothing, for another node writes.
    void leave();
  }

  /// @param interval between the end of an audit and the next
  public AuditDuty(PastAudits audits, InstantSource clock, Duration interval, Acts acts) {
    this.audits = audits;
    this.clock = clock;
    this.interval = interval;
    this.acts = acts;
  }

  /// How long to rest between looks.
  public Duration rest() {
    return interval.compareTo(LOOK_MAX) < 0 ? interval : LOOK_MAX;
  }

  /// Looks whether an audit is due.
  public void look() {
    if (!acts.writes()) {
      shown = false;
      acts.leave();
      return;
    }
    Optional<PastAudit> last =
        audits.latest().stream().filter(past -> past.sample() == Sample.ALL).findFirst();
    if ((last.isEmpty() || due(last.get().at())) && !rests()) {
      begun = clock.instant();
      acts.audit();
      begun = null;
      shown = true;
    } else if (!shown && last.isPresent()) {
      acts.show(last.get());
      shown = true;
    }
  }

  /// Whether the last try failed a short time ago: it may have read most of everything.
  private boolean rests() {
    Duration rest = interval.compareTo(REST_MAX) < 0 ? interval : REST_MAX;
    return begun != null && Duration.between(begun, clock.instant()).compareTo(rest) < 0;
  }

  /// A time far ahead is that of a clock that went wrong.
  private boolean due(Instant last) {
    return Duration.between(last, clock.instant()).abs().compareTo(interval) >= 0;
  }
}
