/// The one translation between the Layer-0 messages and the types of core.
@NullMarked
package com.openagents.runtime.codec;

import org.jspecify.annotations.NullMarked;
