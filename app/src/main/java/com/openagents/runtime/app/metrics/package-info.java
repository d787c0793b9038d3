/// What the runtime measures of itself, under documented names and with bounded tags.
@NullMarked
package com.openagents.runtime.app.metrics;

import org.jspecify.annotations.NullMarked;
