package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.log.ChangeFeed;
import com.openagents.runtime.projection.KnownSinks;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.SinkBook;
import com.openagents.runtime.projection.SinkStreams;
import com.openagents.runtime.projection.WriterLeases;

/// Those ports of projections that a bug may be put in front of.
///
/// @param sink one of two
public record ProjectionParts(
    ChangeFeed feed,
    ProjectionStore store,
    KnownSinks known,
    SinkBook book,
    SinkStreams streams,
    WriterLeases writers,
    ProjectionSink sink) {

  public ProjectionParts with(ChangeFeed other) {
    return new ProjectionParts(other, store, known, book, streams, writers, sink);
  }

  public ProjectionParts with(ProjectionStore other) {
    return new ProjectionParts(feed, other, known, book, streams, writers, sink);
  }

  public ProjectionParts with(SinkBook other) {
    return new ProjectionParts(feed, store, known, other, streams, writers, sink);
  }

  public ProjectionParts with(SinkStreams other) {
    return new ProjectionParts(feed, store, known, book, other, writers, sink);
  }

  public ProjectionParts with(ProjectionSink other) {
    return new ProjectionParts(feed, store, known, book, streams, writers, other);
  }
}
