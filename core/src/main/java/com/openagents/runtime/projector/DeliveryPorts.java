package com.openagents.runtime.projector;

import com.openagents.runtime.projection.KnownSinks;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.SinkBook;
import com.openagents.runtime.projection.SinkStreams;

/// What sinks are brought up to, and what is known of them.
public record DeliveryPorts(
    ProjectionStore store, KnownSinks known, SinkBook book, SinkStreams streams) {}
