package com.openagents.runtime.app.bench;

/// One stretch of load.
///
/// @param perSecond operations finished for each second
public record Window(double perSecond, Latencies latencies) {}
