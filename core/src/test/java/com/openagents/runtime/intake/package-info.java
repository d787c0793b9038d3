/// What becomes of what is sent to runs.
@NullMarked
package com.openagents.runtime.intake;

import org.jspecify.annotations.NullMarked;
