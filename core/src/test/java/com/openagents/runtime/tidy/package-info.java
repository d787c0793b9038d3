/// What the compiler does not check about the sources of the repository: sizes, names, calls,
/// texts.
///
/// Each rule is a function from a tree of sources to the violations in it, so that it is tested on
/// sources that exist only in the test.
@NullMarked
package com.openagents.runtime.tidy;

import org.jspecify.annotations.NullMarked;
