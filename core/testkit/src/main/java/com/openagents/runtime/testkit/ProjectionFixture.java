package com.openagents.runtime.testkit;

import com.openagents.runtime.log.LogScan;
import com.openagents.runtime.projection.KnownSinks;
import com.openagents.runtime.projection.PastAudits;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.Rebuilds;
import com.openagents.runtime.projection.SinkBook;
import com.openagents.runtime.projection.SinkStreams;
import com.openagents.runtime.projection.WriterLeases;
import java.util.List;

/// A store that keeps documents beside its log, fresh and empty, for one test.
///
/// Time that passes also passes for the writer's lease. Nothing is asked about other times of
/// documents and marks across it.
public interface ProjectionFixture extends StoreFixture {

  LogScan scan();

  ProjectionStore projections();

  KnownSinks knownSinks();

  SinkBook sinkBook();

  SinkStreams sinkStreams();

  WriterLeases writers();

  Rebuilds rebuilds();

  PastAudits audits();

  /// The ids of all rows of the read models, in any order.
  List<String> rows();
}
