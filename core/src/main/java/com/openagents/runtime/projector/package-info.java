/// Brings documents up to the log, and sinks up to the documents.
///
/// Nothing here waits or begins by itself: a node calls [Projector], [Deliveries] and [Rebuilding]
/// again and again while it holds the writer's lease.
@NullMarked
package com.openagents.runtime.projector;

import org.jspecify.annotations.NullMarked;
