/// Letting pieces of text go out of logs once the whole is there and they are old.
@NullMarked
package com.openagents.runtime.ageing;

import org.jspecify.annotations.NullMarked;
