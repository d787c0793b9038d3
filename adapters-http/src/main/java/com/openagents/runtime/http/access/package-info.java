/// Finds out who calls: by signature and identity token, or by trust in the machine itself while
/// nothing is at stake.
@NullMarked
package com.openagents.runtime.http.access;

import org.jspecify.annotations.NullMarked;
