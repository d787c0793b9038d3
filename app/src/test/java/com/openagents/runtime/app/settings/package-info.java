/// Reading settings, and refusing them.
@NullMarked
package com.openagents.runtime.app.settings;

import org.jspecify.annotations.NullMarked;
