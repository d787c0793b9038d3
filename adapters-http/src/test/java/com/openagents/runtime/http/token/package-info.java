/// The keys of tokens, as an operator gives them.
@NullMarked
package com.openagents.runtime.http.token;

import org.jspecify.annotations.NullMarked;
