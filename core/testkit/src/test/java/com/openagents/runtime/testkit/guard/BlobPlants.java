package com.openagents.runtime.testkit.guard;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.log.Blobs;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Bugs of payloads.
final class BlobPlants {

  private static final int MEBIBYTE = 1 << 20;

  private BlobPlants() {}

  static List<Plant> all() {
    return Stream.of(reading(), putting()).flatMap(List::stream).toList();
  }

  private static List<Plant> reading() {
    return List.of(
        read(
            "no content is no payload",
            "no_content_and_large_content_come_back",
            found -> found.filter(bytes -> bytes.length > 0)),
        read(
            "what was never put is empty",
            "different_contents_stay_apart",
            found -> Optional.of(found.orElse(new byte[0]))),
        read(
            "a payload is cut at a mebibyte",
            "no_content_and_large_content_come_back",
            found -> found.map(bytes -> Arrays.copyOf(bytes, Math.min(bytes.length, MEBIBYTE)))),
        read(
            "a payload is kept as text",
            "no_content_and_large_content_come_back",
            found -> found.map(bytes -> new String(bytes, UTF_8).getBytes(UTF_8))),
        plant("a payload is used up by reading", "what_was_read_can_be_read_again", ReadOnce::new));
  }

  private static List<Plant> putting() {
    return List.of(
        plant(
            "payloads are kept in the caller's array",
            "callers_cannot_change_what_is_kept",
            _ -> new SharedBlobs()),
        plant(
            "a payload is named by the digest of its encoded form",
            "what_was_put_comes_back_under_its_digest",
            honest ->
                new PassedOn(honest) {
                  @Override
                  public Digest put(byte[] content) {
                    honest.put(content);
                    return Digest.of(Base64.getEncoder().encode(content));
                  }
                }),
        plant(
            "what is there cannot be put again",
            "the_same_content_has_the_same_digest_however_often_it_is_put",
            honest ->
                new PassedOn(honest) {
                  @Override
                  public Digest put(byte[] content) {
                    if (get(Digest.of(content)).isPresent()) {
                      throw new IllegalStateException("the key is there");
                    }
                    return honest.put(content);
                  }
                }),
        plant(
            "of two who put the same at once one fails",
            "of_concurrent_same_contents_all_are_answered_alike",
            TwoSteps::new));
  }

  private static Plant plant(String bug, String caughtBy, UnaryOperator<Blobs> spoiled) {
    return new Plant(
        bug,
        SideSuites.BlobStores.class,
        caughtBy,
        planted -> planted.blobs = spoiled.apply(planted.blobs));
  }

  private static Plant read(String bug, String caughtBy, UnaryOperator<Optional<byte[]>> found) {
    return plant(
        bug,
        caughtBy,
        honest ->
            new PassedOn(honest) {
              @Override
              public Optional<byte[]> get(Digest digest) {
                return found.apply(honest.get(digest));
              }
            });
  }

  private static class PassedOn implements Blobs {
    final Blobs honest;

    PassedOn(Blobs honest) {
      this.honest = honest;
    }

    @Override
    public Digest put(byte[] content) {
      return honest.put(content);
    }

    @Override
    public Optional<byte[]> get(Digest digest) {
      return honest.get(digest);
    }
  }

  private static final class SharedBlobs implements Blobs {
    private final Map<Digest, byte[]> contents = new HashMap<>();

    @Override
    public synchronized Digest put(byte[] content) {
      Digest digest = Digest.of(content);
      contents.put(digest, content);
      return digest;
    }

    @Override
    public synchronized Optional<byte[]> get(Digest digest) {
      return Optional.ofNullable(contents.get(digest));
    }
  }

  private static final class ReadOnce extends PassedOn {
    private final Set<Digest> read = new HashSet<>();

    ReadOnce(Blobs honest) {
      super(honest);
    }

    @Override
    public Optional<byte[]> get(Digest digest) {
      return honest.get(digest).filter(_ -> read.add(digest));
    }
  }

  /// Looks whether the content is there and then inserts it.
  private static final class TwoSteps extends PassedOn {
    private final Set<Digest> keys = ConcurrentHashMap.newKeySet();
    private final Meeting<Digest> meeting = new Meeting<>();

    TwoSteps(Blobs honest) {
      super(honest);
    }

    @Override
    public Digest put(byte[] content) {
      Digest digest = Digest.of(content);
      boolean there = keys.contains(digest);
      meeting.other(digest);
      if (!there && !keys.add(digest)) {
        throw new IllegalStateException("the key is there");
      }
      return honest.put(content);
    }
  }
}
