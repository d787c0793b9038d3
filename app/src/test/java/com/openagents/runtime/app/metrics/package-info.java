/// What is counted and timed.
@NullMarked
package com.openagents.runtime.app.metrics;

import org.jspecify.annotations.NullMarked;
