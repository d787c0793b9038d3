package com.openagents.runtime.projector;

import com.openagents.runtime.log.LogScan;
import com.openagents.runtime.projection.KnownSinks;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.Rebuilds;
import com.openagents.runtime.projection.SinkBook;

/// What documents are told again from, and into.
public record RebuildPorts(
    LogScan scan, ProjectionStore store, KnownSinks known, SinkBook book, Rebuilds rebuilds) {}
