/// The same random operations against two stores, so that they can be seen to differ in nothing but
/// the time.
@NullMarked
package com.openagents.runtime.testkit.difference;

import org.jspecify.annotations.NullMarked;
