package com.openagents.runtime.inmemory;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.log.Blobs;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Payloads by their digest. Thread-safe.
final class InMemoryBlobs implements Blobs {

  private final Map<Digest, byte[]> contents = new ConcurrentHashMap<>();

  @Override
  public Digest put(byte[] content) {
    byte[] kept = content.clone();
    Digest digest = Digest.of(kept);
    contents.put(digest, kept);
    return digest;
  }

  @Override
  public Optional<byte[]> get(Digest digest) {
    return Optional.ofNullable(contents.get(digest)).map(byte[]::clone);
  }
}
