/// What carrying a run out looks like in its log, one behaviour for each class.
@NullMarked
package com.openagents.runtime.execution;

import org.jspecify.annotations.NullMarked;
