/// Tokens for clients: keys and how they are published, the calls that mint, and those that revoke.
@NullMarked
package com.openagents.runtime.http.token;

import org.jspecify.annotations.NullMarked;
