/// The machine at hand: what it is, services as processes of their own, and a place for what they
/// write.
@NullMarked
package com.openagents.runtime.app.machine;

import org.jspecify.annotations.NullMarked;
