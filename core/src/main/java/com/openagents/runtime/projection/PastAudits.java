package com.openagents.runtime.projection;

import com.openagents.runtime.projection.PastAudit.Found;
import com.openagents.runtime.projection.PastAudit.Sample;
import java.util.List;

/// Keeps what the last audits found, so that every node tells of the audits of all. Thread-safe;
/// may throw [com.openagents.runtime.log.StoreUnavailable].
public interface PastAudits {

  /// Keeps what an audit found, in the place of the last one of the same sample.
  void keep(Sample sample, Found found);

  /// The last audit of each sample, newest first.
  List<PastAudit> latest();
}
