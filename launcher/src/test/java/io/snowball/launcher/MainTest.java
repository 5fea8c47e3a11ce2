package io.snowball.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void saysWhatIsWrongWithACommandLine() {
        assertThat(run("fly")).isEqualTo(2);
        assertThat(said()).isEqualTo("snowball: there is no command fly. ./snowball help shows what there is.\n");
        assertThat(run("up", "--wings")).isEqualTo(2);
        assertThat(run("up", "--dir")).isEqualTo(2);
        assertThat(run("up", "--port-base", "eighty")).isEqualTo(2);
        assertThat(said())
                .contains(
                        "unknown option --wings",
                        "--dir needs a value",
                        "--port-base is a number from 1 to 65500, not eighty");
    }

    @Test
    void knowsThatNothingRuns() {
        assertThat(run("status", "--dir", folder.toString())).isEqualTo(3);
        assertThat(run("down", "--dir", folder.toString())).isZero();
        assertThat(said()).contains("Snowball is not running in " + folder, "Nothing was running.");
    }

    @Test
    void upSaysInOneLineWhatIsMissing() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(run("up", "--dir", file.toString())).isEqualTo(1);
        assertThat(said())
                .startsWith("snowball: ")
                .contains("is a file, a folder is needed")
                .hasLineCount(1);
    }

    @Test
    void inTheBackgroundTooATroubleIsOneLineAndAnExitCode() {
        assertThat(run("up", "--detach", "--dir", folder.toString(), "--home", folder.toString()))
                .isEqualTo(1);
        assertThat(said()).startsWith("snowball: Not built: customer (").hasLineCount(1);
    }

    private int run(String... arguments) {
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return Main.run(List.of(arguments), new Console(out, out));
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
