/// Asks language models over the chat completions API that OpenAI began and most providers speak.
@NullMarked
package com.openagents.runtime.http.model;

import org.jspecify.annotations.NullMarked;
