@NullMarked
package com.openagents.runtime.projection;

import org.jspecify.annotations.NullMarked;
