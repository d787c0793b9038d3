/// Server-sent events: a run's log for any number of readers, none of whom costs a thread.
@NullMarked
package com.openagents.runtime.http.stream;

import org.jspecify.annotations.NullMarked;
