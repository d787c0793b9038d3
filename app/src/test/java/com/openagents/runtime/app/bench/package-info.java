/// Benchmarks in a short form: what their reports hold, never how fast anything was.
@NullMarked
package com.openagents.runtime.app.bench;

import org.jspecify.annotations.NullMarked;
