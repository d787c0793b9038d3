package com.openagents.runtime.log;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.identity.FrameId;

/// The idempotency key of a frame: the same id and content is a repetition, the same id with other
/// content is a conflict.
public record FrameKey(FrameId frameId, Digest content) {}
