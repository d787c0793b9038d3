/// Every port of the store, kept honestly in memory: the same fence, order and refusals as a
/// database, on whatever clock it is given.
@NullMarked
package com.openagents.runtime.inmemory;

import org.jspecify.annotations.NullMarked;
