package com.openagents.runtime.execution;

import java.time.Instant;

/// What the driver knows at the moment of a step, beside what happened.
///
/// @param now the store's clock, as the driver estimates it
/// @param knownHead the highest sequence that anybody told of
/// @param draining whether the node is shutting down and wants the run given back
public record Situation(Instant now, long knownHead, boolean draining) {}
