package com.openagents.runtime.app.bench;

import java.time.Duration;

/// One stretch of load.
///
/// @param perSecond operations finished for each second
/// @param p50 the median latency
/// @param p99 the 99th percentile of latency
record Window(double perSecond, Duration p50, Duration p99) {}
