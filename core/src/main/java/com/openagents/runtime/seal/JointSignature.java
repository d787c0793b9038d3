package com.openagents.runtime.seal;

import com.openagents.runtime.canon.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Signs many statements at the price of one signature, which is over the root of a Merkle tree of
/// them. Each statement gets a text of its own that verifies by itself, and that tells nothing of
/// the others but hashes.
///
/// The text is the signature, the statement's place among the others, and the hashes beside its way
/// to the root, as a signature of XMSS carries them (RFC 8391); leaves and nodes are hashed apart,
/// as in RFC 9162. A statement that is signed alone has the plain signature. `docs/seal.md` gives
/// the exact bytes.
final class JointSignature {

  private static final byte[] DOMAIN =
      "openagents-runtime/joint/1\n".getBytes(StandardCharsets.UTF_8);
  private static final int LEVELS_MAX = 16;
  private static final int HASH = 32;
  private static final int PATH_MAX = (LEVELS_MAX * HASH * 4 + 2) / 3;
  private static final byte[] LEAF = {0};
  private static final byte[] NODE = {1};

  /// Stands for what is missing where the statements do not fill the tree.
  private static final byte[] NONE = new byte[HASH];

  private JointSignature() {}

  /// Signs each of the statements.
  ///
  /// @param statements at most 65,536
  /// @return their texts, in the same order
  static List<String> sign(Signer signer, List<byte[]> statements) {
    if (statements.size() > 1 << LEVELS_MAX) {
      throw new IllegalArgumentException("too many statements for one signature");
    }
    if (statements.size() < 2) {
      return statements.stream().map(signer::sign).toList();
    }
    List<List<byte[]>> levels = levels(statements);
    String signature = signer.sign(signed(levels.getLast().getFirst()));
    return IntStream.range(0, statements.size())
        .mapToObj(place -> text(signature, place, path(levels, place)))
        .toList();
  }

  /// Whether the text has the form of a signature that was made beside others.
  static boolean isJoint(String text) {
    return text.contains(".");
  }

  /// Whether the text is the key's signature of the statement, made alone or beside others. False
  /// for every other spelling of it.
  static boolean verifies(String publicKey, byte[] statement, String text) {
    String[] parts = text.split("\\.", 4);
    if (parts.length != 3) {
      return Ed25519.verifies(publicKey, statement, text);
    }
    if (parts[2].length() > PATH_MAX) {
      return false;
    }
    try {
      int place = Integer.parseInt(parts[1]);
      byte[] path = Ed25519.decode(parts[2]);
      int levels = path.length / HASH;
      return levels >= 1
          && path.length % HASH == 0
          && place >= 0
          && place < 1 << levels
          && text(parts[0], place, path).equals(text)
          && Ed25519.verifies(publicKey, signed(root(statement, place, path)), parts[0]);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// From the leaves to the root.
  private static List<List<byte[]>> levels(List<byte[]> statements) {
    List<List<byte[]>> levels = new ArrayList<>();
    List<byte[]> level = statements.stream().map(JointSignature::leaf).toList();
    levels.add(level);
    while (level.size() > 1) {
      List<byte[]> below = level;
      level =
          IntStream.range(0, (below.size() + 1) / 2)
              .mapToObj(i -> hash(NODE, below.get(2 * i), at(below, 2 * i + 1)))
              .toList();
      levels.add(level);
    }
    return levels;
  }

  private static byte[] path(List<List<byte[]>> levels, int place) {
    ByteBuffer path = ByteBuffer.allocate((levels.size() - 1) * HASH);
    for (int level = 0; level < levels.size() - 1; level++) {
      path.put(at(levels.get(level), place >> level ^ 1));
    }
    return path.array();
  }

  private static byte[] root(byte[] statement, int place, byte[] path) {
    byte[] hash = leaf(statement);
    for (int level = 0; level < path.length / HASH; level++) {
      byte[] beside = new byte[HASH];
      System.arraycopy(path, level * HASH, beside, 0, HASH);
      boolean left = (place >> level & 1) == 0;
      hash = left ? hash(NODE, hash, beside) : hash(NODE, beside, hash);
    }
    return hash;
  }

  private static byte[] at(List<byte[]> level, int place) {
    return place < level.size() ? level.get(place) : NONE;
  }

  private static byte[] leaf(byte[] statement) {
    return hash(LEAF, statement);
  }

  private static byte[] signed(byte[] root) {
    return joined(DOMAIN, root);
  }

  private static byte[] hash(byte[]... parts) {
    return Digest.of(joined(parts)).bytes();
  }

  private static byte[] joined(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer joined = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      joined.put(part);
    }
    return joined.array();
  }

  private static String text(String signature, int place, byte[] path) {
    return signature + "." + place + "." + Ed25519.encode(path);
  }
}
