@NullMarked
package com.openagents.runtime.ageing;

import org.jspecify.annotations.NullMarked;
