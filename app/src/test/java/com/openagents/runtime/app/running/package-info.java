/// The service in this process, on a database of its own, called as clients call it.
@NullMarked
package com.openagents.runtime.app.running;

import org.jspecify.annotations.NullMarked;
