import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Target;

/// Generates jOOQ's classes from what the migrations make of a fresh PostgreSQL: jOOQ's own parser
/// of DDL does not read partitions, functions or row-level security.
///
/// Arguments: the directory of the migrations, the directory to write, jOOQ's version. A stamp of
/// all that the result depends on makes an unchanged run return at once.
final class JooqCodegen {
  private static final String SCHEMA = "runtime";
  private static final String HISTORY = "schema_history";
  private static final String PACKAGE = "com.openagents.runtime.postgres.jooq";
  private static final String SELF = "src/codegen/JooqCodegen.java";

  private JooqCodegen() {}

  public static void main(String[] args) throws Exception {
    var migrations = Path.of(args[0]);
    var output = Path.of(args[1]);
    var stamp = stamp(migrations, args[2]);
    var stampFile = output.resolve("stamp");
    if (Files.exists(stampFile) && Files.readString(stampFile).equals(stamp)) {
      return;
    }
    Files.createDirectories(output);
    Files.deleteIfExists(stampFile);
    try (var postgres = EmbeddedPostgres.start()) {
      generate(postgres.getPostgresDatabase(), migrations, output);
    }
    Files.writeString(stampFile, stamp);
  }

  private static void generate(DataSource database, Path migrations, Path output) throws Exception {
    Flyway.configure()
        .dataSource(database)
        .schemas(SCHEMA)
        .table(HISTORY)
        .locations("filesystem:" + migrations)
        .load()
        .migrate();
    var tool = new GenerationTool();
    tool.setDataSource(database);
    tool.run(
        new Configuration()
            .withLogging(Logging.WARN)
            .withGenerator(
                new Generator()
                    .withDatabase(
                        new Database()
                            .withInputSchema(SCHEMA)
                            .withExcludes(".*_p[0-9]+|" + HISTORY)
                            .withForcedTypes(
                                new ForcedType()
                                    .withName("INSTANT")
                                    .withIgnoreUnused(true)
                                    .withIncludeTypes("timestamp with time zone|timestamptz")))
                    .withGenerate(
                        new Generate().withJavadoc(false).withDeprecationOnUnknownTypes(false))
                    .withTarget(
                        new Target()
                            .withPackageName(PACKAGE)
                            .withDirectory(output.toString())
                            .withClean(true))));
  }

  private static String stamp(Path migrations, String jooqVersion)
      throws IOException, NoSuchAlgorithmException {
    var sha256 = MessageDigest.getInstance("SHA-256");
    sha256.update(jooqVersion.getBytes());
    sha256.update(Files.readAllBytes(Path.of(SELF)));
    try (var files = Files.walk(migrations)) {
      for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
        sha256.update(migrations.relativize(file).toString().getBytes());
        sha256.update(Files.readAllBytes(file));
      }
    }
    return HexFormat.of().formatHex(sha256.digest());
  }
}
