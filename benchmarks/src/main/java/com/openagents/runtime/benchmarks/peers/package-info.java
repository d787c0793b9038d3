/// Durable runs of the runtime beside those of other runtimes, on one machine in the same run.
@NullMarked
package com.openagents.runtime.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
