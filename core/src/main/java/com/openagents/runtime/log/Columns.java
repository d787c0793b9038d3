package com.openagents.runtime.log;

import com.openagents.runtime.run.Run;

/// The part of a run's fold that is stored beside its log, so that it can be searched.
///
/// Computed by the same rules that fold the log, never by the store.
///
/// @param recoveries recoveries since the last progress
public record Columns(Run run, int recoveries) {}
