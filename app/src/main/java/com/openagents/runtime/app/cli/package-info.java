/// The command line: what can be asked of `openagents-runtime` from a shell.
@NullMarked
package com.openagents.runtime.app.cli;

import org.jspecify.annotations.NullMarked;
