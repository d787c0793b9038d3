/// How the modules that the service is put together from stand to each other.
@NullMarked
package com.openagents.runtime.app.architecture;

import org.jspecify.annotations.NullMarked;
