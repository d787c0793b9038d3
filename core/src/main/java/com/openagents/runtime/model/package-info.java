/// How a language model is asked, as a port that is pulled.
@NullMarked
package com.openagents.runtime.model;

import org.jspecify.annotations.NullMarked;
