@NullMarked
package com.openagents.runtime.http.oidc;

import org.jspecify.annotations.NullMarked;
