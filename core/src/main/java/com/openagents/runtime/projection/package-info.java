/// What is told of runs and threads outside the log: documents, how events change them, and what
/// must be asked before one is written.
///
/// Pure, but for the ports: [ProjectionStore] keeps documents beside the log, [KnownSinks] which
/// sinks there are, [SinkBook] what each has of the documents, [SinkStreams] where its streams
/// stand, a [ProjectionSink] shows them to others, [WriterLeases] says who may write.
@NullMarked
package com.openagents.runtime.projection;

import org.jspecify.annotations.NullMarked;
