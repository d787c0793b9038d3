/// What agents and models see of a conversation.
@NullMarked
package com.openagents.runtime.agent;

import org.jspecify.annotations.NullMarked;
