/// The published language: everything the runtime durably decides or observes, as typed events.
///
/// Each family of events is one sealed file. The names of record components are the names of the
/// JSON fields; [EventCodec] is the one place that maps between the two.
@NullMarked
package com.openagents.runtime.event;

import org.jspecify.annotations.NullMarked;
