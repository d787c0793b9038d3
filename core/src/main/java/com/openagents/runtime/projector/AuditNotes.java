package com.openagents.runtime.projector;

import com.openagents.runtime.projection.PastAudit;
import com.openagents.runtime.projection.PastAudit.Found;
import com.openagents.runtime.projection.PastAudits;
import com.openagents.runtime.projector.Auditor.Sample;
import java.util.Map;
import java.util.TreeMap;

/// Notes what audits find, the pages of a walk as one. Thread-safe.
///
/// Two walks at once are told as what they are: of neither is everything known. A step of a walk
/// that could not read a sink is not noted, because whoever walks takes it again.
public final class AuditNotes {

  private final PastAudits audits;

  public AuditNotes(PastAudits audits) {
    this.audits = audits;
  }

  public void note(Sample sample, AuditReport report) {
    Found found = found(report);
    switch (sample) {
      case Sample.All() -> audits.keep(PastAudit.Sample.ALL, found);
      case Sample.Newest _ -> audits.keep(PastAudit.Sample.NEWEST, found);
      case Sample.Walk(var after, int _) -> {
        if (report.unread().isEmpty()) {
          audits.keep(PastAudit.Sample.WALK, after == null ? found : behind(after.text(), found));
        }
      }
    }
  }

  private Found behind(String after, Found page) {
    return audits.latest().stream()
        .filter(past -> past.sample() == PastAudit.Sample.WALK && after.equals(past.found().next()))
        .findFirst()
        .map(past -> past.found().and(page))
        .orElseGet(page::withoutBeginning);
  }

  private static Found found(AuditReport report) {
    Map<String, Map<String, Long>> differences = new TreeMap<>();
    report
        .found()
        .forEach((place, kinds) -> {
          Map<String, Long> counts = new TreeMap<>();
          kinds.forEach((kind, count) -> counts.put(kind.word(), count));
          differences.put(place, counts);
        });
    AuditCursor next = report.next();
    return new Found(
        report.compared(),
        differences,
        report.unread().isEmpty(),
        next == null ? null : next.text());
  }
}
