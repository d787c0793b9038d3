/// A service among attackers: what they do to it, and whether its memory stays in bounds and
/// everybody else is served.
@NullMarked
package com.openagents.runtime.app.hostile;

import org.jspecify.annotations.NullMarked;
