/// JSON Schema (draft 2020-12) of what is sent and received, as OpenAPI 3.1 uses it.
@NullMarked
package com.openagents.runtime.http.schema;

import org.jspecify.annotations.NullMarked;
