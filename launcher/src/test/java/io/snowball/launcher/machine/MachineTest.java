package io.snowball.launcher.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
    @TempDir
    Path folder;

    @Test
    void aPidFileNeverNamesAStrangersProcess() throws IOException {
        PidFile file = new PidFile(folder.resolve("x.pid"));
        assertThat(file.process()).isEmpty();
        file.write(ProcessHandle.current());
        assertThat(file.process()).contains(ProcessHandle.current());
        // The same pid, but started at another time: used again by somebody else.
        Files.writeString(file.path(), ProcessHandle.current().pid() + " 1000\n");
        assertThat(file.process()).isEmpty();
        Files.writeString(file.path(), "cut o");
        assertThat(file.process()).isEmpty();
    }

    @Test
    void writesASecretThatNobodyElseMayRead() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "left over, and open to all");
        Folders.writeSecret(file, "пароль");
        assertThat(file).hasContent("пароль");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void stopsAChildThatListensAndKillsOneThatDoesNot() throws IOException {
        ChildProcess listens = child("exec sleep 600");
        assertThat(new PidFile(folder.resolve("child.pid")).process()).contains(listens.handle());
        listens.stop("TERM", Duration.ofMinutes(1));
        // Dead is enough; the JVM takes note of it a moment later.
        org.awaitility.Awaitility.await().until(() -> !listens.isAlive());
        assertThat(folder.resolve("child.pid")).doesNotExist();

        ChildProcess deaf = child("trap '' TERM; echo deaf; while :; do sleep 0.05; done");
        org.awaitility.Awaitility.await()
                .until(() -> Files.readString(folder.resolve("child.log")).contains("deaf"));
        deaf.stop("TERM", Duration.ofMillis(100));
        org.awaitility.Awaitility.await().until(() -> !deaf.isAlive());
    }

    @Test
    void aLogStartsAfreshAndKeepsTheTwoBefore() throws IOException {
        LogFile log = new LogFile(folder.resolve("customer.log"));
        for (int start = 1; start <= 4; start++) {
            log.rotate();
            Files.writeString(log.path(), "start " + start + "\nсообщение\n");
        }
        assertThat(log.lastLines(1)).containsExactly("сообщение");
        assertThat(folder.resolve("customer.1.log")).content().startsWith("start 3");
        assertThat(folder.resolve("customer.2.log")).content().startsWith("start 2");
        assertThat(folder.resolve("customer.3.log")).doesNotExist();

        Files.write(log.path(), new byte[17 << 20]);
        log.bound();
        assertThat(log.path()).isEmptyFile();
        assertThat(folder.resolve("customer.1.log")).hasSize(17 << 20);
    }

    @Test
    void knowsATakenPort() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThat(TcpPorts.isFree(other.getLocalPort())).isFalse();
        }
        assertThat(TcpPorts.isFree(TcpPorts.freeRow(3))).isTrue();
    }

    @Test
    void saysInPlainWordsWhatTheDiskRefuses() throws IOException {
        assertThat(Trouble.of(new FileSystemException("/data/x", null, "No space left on device")))
                .hasMessage("The disk is full: /data/x could not be written. Free some space and try again.");
        assertThat(Trouble.of(new AccessDeniedException("/data")))
                .hasMessageStartingWith("No right to write /data.")
                .hasMessageContaining("--dir");
        assertThatThrownBy(() -> Folders.requireSpace(folder, Long.MAX_VALUE))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("MB are needed");
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> Folders.writable(file))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("is a file");
    }

    private ChildProcess child(String script) {
        return ChildProcess.start(new ChildProcess.Plan(
                List.of("sh", "-c", script),
                Map.of(),
                folder,
                folder.resolve("child.log"),
                folder.resolve("child.pid")));
    }
}
