/// The life of a run as a pure state machine, and the fold of its log that everything else reads.
@NullMarked
package com.openagents.runtime.run;

import org.jspecify.annotations.NullMarked;
