/// The life of a run, walked from end to end, and the fold of its log.
@NullMarked
package com.openagents.runtime.run;

import org.jspecify.annotations.NullMarked;
