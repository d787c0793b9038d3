package com.openagents.runtime.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.app.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealKeysTest {

  private static final String OWN = "TM0Imyj_ltqdtsNG7BFOD1uKMZ81q6Yk2oz27U-4pvs";
  private static final int STARTS = 3;
  private static final int ROUNDS = 100;

  @TempDir private Path directory = Path.of("");

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private static String keyId(Path directory) {
    return SealKeys.of(Settings.read(Map.of()), directory).keyId();
  }

  @Test
  void a_key_is_made_once_and_kept_for_its_owner_alone() throws Exception {
    Path data = directory.resolve("data");
    String first = keyId(data);

    assertThat(keyId(data)).isEqualTo(first);
    assertThat(data.toFile().list()).containsExactly("seal.key");
    assertThat(Files.getPosixFilePermissions(data.resolve("seal.key")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(keyId(directory.resolve("other"))).isNotEqualTo(first);
  }

  @Test
  void the_operators_key_goes_before_it_and_none_is_made() {
    var settings = Settings.read(Map.of("OA_SEAL_KEY", OWN));
    String own = SealKeys.of(settings, directory).keyId();

    assertThat(directory).isEmptyDirectory();
    assertThat(keyId(directory)).isNotEqualTo(own);
    assertThat(SealKeys.of(settings, directory).keyId()).isEqualTo(own);
  }

  @Test
  void starts_at_the_same_moment_have_one_key_and_nobody_sees_a_part_of_it() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Path data = Files.createDirectory(directory.resolve("data-" + round));
      var watching = new CountDownLatch(1);
      Future<String> seen = threads.submit(() -> firstSight(data.resolve("seal.key"), watching));
      watching.await();
      List<Future<String>> starts = new ArrayList<>();
      for (int start = 0; start < STARTS; start++) {
        starts.add(threads.submit(() -> keyId(data)));
      }
      for (Future<String> start : starts) {
        assertThat(start.get()).isEqualTo(keyId(data));
      }
      assertThat(seen.get()).isEqualTo(Files.readString(data.resolve("seal.key")));
      assertThat(data.toFile().list()).containsExactly("seal.key");
    }
  }

  private static String firstSight(Path file, CountDownLatch watching) throws IOException {
    watching.countDown();
    while (!Files.exists(file) && !Thread.currentThread().isInterrupted()) {
      Thread.onSpinWait();
    }
    return Files.readString(file);
  }
}
