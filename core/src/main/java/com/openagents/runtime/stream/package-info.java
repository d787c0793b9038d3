/// What readers of a run see: cursors, the mappings of events to chunks, and the one runner that
/// renders them.
///
/// A format is a Mealy machine over the log. The same log gives the same bytes on every node and
/// from any cursor, because the state at a cursor is computed from the events before it.
@NullMarked
package com.openagents.runtime.stream;

import org.jspecify.annotations.NullMarked;
