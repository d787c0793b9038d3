/// Where the ports meet their adapters.
@NullMarked
package com.openagents.runtime.app.wiring;

import org.jspecify.annotations.NullMarked;
