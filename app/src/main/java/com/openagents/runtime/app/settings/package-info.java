/// What an operator may set, where it comes from, and what is refused.
///
/// [Catalog] declares every setting in one table; `docs/settings.md` is written from it. Values
/// come from the environment and, behind it, from one optional file; secrets may also lie in files
/// of their own. Whatever cannot be understood stops the start, with every problem named at once.
@NullMarked
package com.openagents.runtime.app.settings;

import org.jspecify.annotations.NullMarked;
