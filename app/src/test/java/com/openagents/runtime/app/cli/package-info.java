/// Commands as a shell would give them.
@NullMarked
package com.openagents.runtime.app.cli;

import org.jspecify.annotations.NullMarked;
