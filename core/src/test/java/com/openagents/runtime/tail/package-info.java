/// Readers that follow a run while it grows.
@NullMarked
package com.openagents.runtime.tail;

import org.jspecify.annotations.NullMarked;
