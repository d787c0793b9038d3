/// What tokens for clients say, and for whom there are none.
@NullMarked
package com.openagents.runtime.token;

import org.jspecify.annotations.NullMarked;
