/// Processes that do durable runs of one step and of ten: the runtime, DBOS Transact, and the
/// handlers of Restate.
@NullMarked
package com.openagents.runtime.benchmarks.server;

import org.jspecify.annotations.NullMarked;
