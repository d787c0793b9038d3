/// What core does in memory, measured with JMH: events for each second of one thread.
@NullMarked
package com.openagents.runtime.benchmarks.core;

import org.jspecify.annotations.NullMarked;
