/// Agents as pure decisions over folded state.
@NullMarked
package com.openagents.runtime.agent;

import org.jspecify.annotations.NullMarked;
