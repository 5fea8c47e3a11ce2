package io.snowball.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell script ./snowball, in a copy beside nothing else. */
class ScriptTest {
    @TempDir
    Path folder;

    private record Said(int code, String text) {}

    @BeforeEach
    void copy() throws IOException {
        Files.copy(
                Path.of("..", "snowball"),
                folder.resolve("snowball"),
                java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    }

    @Test
    void helpIsOneScreen() throws Exception {
        Said help = run("help");
        assertThat(help.code()).isZero();
        assertThat(help.text()).contains("up [--detach]", "demo", "generate", "bench", "test", "new-migration");
        assertThat(help.text().lines().count()).isLessThanOrEqualTo(24);
        assertThat(help.text().lines()).allMatch(line -> line.length() <= 100);
        assertThat(run("fly").code()).isEqualTo(2);
    }

    @Test
    void namesAMigrationByTimeAndText() throws Exception {
        Files.createDirectories(folder.resolve("customer-service/src"));
        Said said = run("new-migration", "customer", "Add loyalty level!");
        assertThat(said.code()).isZero();
        assertThat(said.text().strip())
                .matches("customer-service/src/main/resources/db/migration/V\\d{12}__add_loyalty_level\\.sql");
        assertThat(folder.resolve(said.text().strip())).content().startsWith("-- Add loyalty level!");
        assertThat(run("new-migration", "unknown", "x").code()).isEqualTo(1);
        assertThat(run("new-migration", "customer", "привет").text()).contains("Latin letters");
    }

    @Test
    void saysWhatToInstallWhereTheJdkIsTooOld() throws Exception {
        Path old = folder.resolve("old");
        Files.createDirectories(old.resolve("bin"));
        for (String program : List.of("java", "javac")) {
            Files.writeString(old.resolve("bin").resolve(program), "#!/bin/sh\n");
            assertThat(old.resolve("bin").resolve(program).toFile().setExecutable(true))
                    .isTrue();
        }
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.9\"\n");
        // The folders of this machine are looked through only after these two.
        Said version = bash("source ./snowball help >/dev/null; jdk_version old; good_jdk old || echo too old");
        assertThat(version.text()).isEqualTo("17\ntoo old\n");
        Said none = bash("source ./snowball help >/dev/null; good_jdk() { return 1; }; JAVA_HOME=old; find_jdk");
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.text()).contains("JAVA_HOME is JDK 17, and no newer one was found", "Install one", "25");
    }

    @Test
    void saysInOneLineThatTheDiskIsFull() throws Exception {
        Said full = bash("""
                printf '#!/bin/sh\\necho "[ERROR] /x/y.class: No space left on device"; exit 1' >mvnw; chmod +x mvnw
                source ./snowball help >/dev/null; build""");
        assertThat(full.code()).isEqualTo(1);
        assertThat(full.text().lines().toList().getLast())
                .isEqualTo("snowball: The disk is full or read-only: what the build makes could not be written."
                        + " Free some space and try again.");
        assertThat(full.text()).doesNotContain("[ERROR]");
    }

    private Said run(String... arguments) throws IOException, InterruptedException {
        return execute(
                Stream.concat(Stream.of("./snowball"), Stream.of(arguments)).toList());
    }

    private Said bash(String script) throws IOException, InterruptedException {
        return execute(List.of("bash", "-c", script));
    }

    private Said execute(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command))
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(Map.of("LC_ALL", "C.UTF-8"));
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }
}
