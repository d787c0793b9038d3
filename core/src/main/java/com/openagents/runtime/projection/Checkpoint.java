package com.openagents.runtime.projection;

import com.openagents.runtime.canon.Digest;

/// What a holder of documents has of one of them; enough to judge what to do with another form.
///
/// @param generation of the rebuild that wrote it, from 1
/// @param seq where in its entity's history it stands
/// @param version of its projection
public record Checkpoint(long generation, long seq, int version, Digest hash) {

  public static Checkpoint of(long generation, Document document) {
    return new Checkpoint(
        generation, document.seq(), document.projection().version(), document.hash());
  }
}
