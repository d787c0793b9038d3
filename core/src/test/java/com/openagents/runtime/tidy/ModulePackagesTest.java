package com.openagents.runtime.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.architecture.PackageTable;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The packages of every module but core, which ArchitectureTest looks at, stand in the levels of
/// the table beside the module's tests.
class ModulePackagesTest {
  private static final SourceTree TREE = SourceTree.ofThisRepository();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "adapters-http",
        "adapters-postgres",
        "app",
        "benchmarks",
        "core/testkit",
        "proto/codec"
      })
  void every_package_is_in_the_table_and_uses_what_its_row_allows(String module) {
    Map<String, Set<String>> uses = ModulePackages.uses(TREE, module);
    assertThat(uses).isNotEmpty();
    assertThat(table(module).violations(uses)).isEmpty();
    assertThat(PackageTable.circle(uses)).isEmpty();
  }

  private static PackageTable table(String module) {
    String path = module + "/src/test/resources/architecture/packages.csv";
    return TREE.sources().stream()
        .filter(source -> source.path().equals(path))
        .map(source -> PackageTable.parse(source.text().lines()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void imports_and_names_written_out_are_uses() {
    SourceTree planted =
        SourceTree.of(
            source("a", "A", "import com.openagents.runtime.b.B; class A {}"),
            source("b", "B", "class B { Object c = com.openagents.runtime.c.C.ONE; }"),
            source("c", "C", "import static com.openagents.runtime.a.A.X; class C {}"),
            source(
                "d", "D", "import com.openagents.runtime.d.E; import java.util.List; class D {}"));
    Map<String, Set<String>> uses = ModulePackages.uses(planted, "m");
    assertThat(uses)
        .isEqualTo(Map.of("a", Set.of("b"), "b", Set.of("c"), "c", Set.of("a"), "d", Set.of()));
    assertThat(PackageTable.circle(uses)).containsExactly("a", "b", "c");
  }

  private static Source source(String in, String name, String text) {
    String base = "com/openagents/runtime/";
    return new Source(
        "m/src/main/java/" + base + in + "/" + name + ".java",
        "package com.openagents.runtime." + in + "; " + text);
  }
}
