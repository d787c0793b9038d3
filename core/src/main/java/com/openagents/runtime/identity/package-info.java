/// Who and what a fact is about: identifiers, principals and the port that makes new identifiers.
@NullMarked
package com.openagents.runtime.identity;

import org.jspecify.annotations.NullMarked;
