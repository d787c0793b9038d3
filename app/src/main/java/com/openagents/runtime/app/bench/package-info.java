/// Measures the runtime beside a reference on the same machine, in the same run.
@NullMarked
package com.openagents.runtime.app.bench;

import org.jspecify.annotations.NullMarked;
