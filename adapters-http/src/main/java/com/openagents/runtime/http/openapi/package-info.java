/// The document that describes the API, written from the routes that serve it.
@NullMarked
package com.openagents.runtime.http.openapi;

import org.jspecify.annotations.NullMarked;
