/// Live readers of one node: one tail per run, however many read it.
@NullMarked
package com.openagents.runtime.tail;

import org.jspecify.annotations.NullMarked;
