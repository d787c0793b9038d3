/// The script that finds a JDK and begins.
@NullMarked
package com.openagents.runtime.app.launcher;

import org.jspecify.annotations.NullMarked;
