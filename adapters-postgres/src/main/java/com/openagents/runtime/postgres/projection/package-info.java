/// Documents beside the log, and what sinks have of them.
///
/// Every write is one statement that commits by itself and holds the writer's row while it runs, so
/// that a node which lost the lease writes nothing, and a stopped process holds no lock.
@NullMarked
package com.openagents.runtime.postgres.projection;

import org.jspecify.annotations.NullMarked;
