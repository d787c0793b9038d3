package com.openagents.runtime.execution;

import com.openagents.runtime.log.Append;

/// A start that its executor begins with, see [Openings].
///
/// @param write starts the run, takes its lease, and is the first step
/// @param execution goes on once the write is durable and it was told so; never when the write lets
///   go of the lease
public record Opening(Append write, Execution execution) {}
