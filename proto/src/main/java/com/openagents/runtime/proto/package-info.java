/// The Layer-0 schemas as Java, generated from the `.proto` files of this module.
@NullMarked
package com.openagents.runtime.proto;

import org.jspecify.annotations.NullMarked;
