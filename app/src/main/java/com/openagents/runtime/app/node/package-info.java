/// Keeping a node going: its threads, its readers, and its orderly end.
@NullMarked
package com.openagents.runtime.app.node;

import org.jspecify.annotations.NullMarked;
