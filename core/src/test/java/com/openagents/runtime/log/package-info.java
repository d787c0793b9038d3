/// What lies beside the log.
@NullMarked
package com.openagents.runtime.log;

import org.jspecify.annotations.NullMarked;
