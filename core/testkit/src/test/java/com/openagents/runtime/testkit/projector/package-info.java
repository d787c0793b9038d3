/// Documents and sinks brought up to a log in memory.
@NullMarked
package com.openagents.runtime.testkit.projector;

import org.jspecify.annotations.NullMarked;
