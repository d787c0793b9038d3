/// Whole processes, killed and stopped as the world does it.
@NullMarked
package com.openagents.runtime.app.crash;

import org.jspecify.annotations.NullMarked;
