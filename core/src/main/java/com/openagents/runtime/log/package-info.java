/// What storage must promise: one write verb, reads by sequence, and a feed of what became visible.
@NullMarked
package com.openagents.runtime.log;

import org.jspecify.annotations.NullMarked;
