/// Every parser under any bytes: what it takes obeys its law, what it does not it refuses in its
/// own words.
@NullMarked
package com.openagents.runtime.http.fuzz;

import org.jspecify.annotations.NullMarked;
