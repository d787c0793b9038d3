/// What readers see of a run, from every cursor.
@NullMarked
package com.openagents.runtime.stream;

import org.jspecify.annotations.NullMarked;
