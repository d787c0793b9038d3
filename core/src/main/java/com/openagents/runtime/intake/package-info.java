/// How work reaches a run: starting, frames, cancel, and the reads that go with them.
@NullMarked
package com.openagents.runtime.intake;

import org.jspecify.annotations.NullMarked;
