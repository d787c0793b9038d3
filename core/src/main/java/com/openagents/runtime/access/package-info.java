/// Who may call: signatures, nonces, roles and the audit of what operators did.
@NullMarked
package com.openagents.runtime.access;

import org.jspecify.annotations.NullMarked;
