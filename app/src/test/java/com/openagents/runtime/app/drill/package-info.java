/// The drill in a short form, and its judges before planted breaches.
@NullMarked
package com.openagents.runtime.app.drill;

import org.jspecify.annotations.NullMarked;
