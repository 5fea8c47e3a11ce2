package io.snowball.launcher.bench;

import io.snowball.launcher.machine.ChildProcess;
import io.snowball.launcher.machine.OwnSession;
import io.snowball.launcher.machine.TcpPorts;
import io.snowball.launcher.machine.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Postfix's {@code smtp-sink}, which takes every mail and keeps none, and {@code smtp-source}, which sends as fast as it can. */
final class MailSink implements AutoCloseable {
    private static final int SESSIONS = 10;
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    private final Path folder;
    private final int port = TcpPorts.freeRow(1);
    private final ChildProcess process;

    MailSink(Path folder) {
        this.folder = folder;
        List<String> address = List.of("127.0.0.1:" + port, "1000");
        // It refuses to run as root.
        boolean root = System.getProperty("user.name").equals("root");
        this.process = started(
                "smtp-sink",
                root
                        ? Stream.concat(Stream.of("-u", "nobody"), address.stream())
                                .toList()
                        : address);
        awaitReady();
    }

    private void awaitReady() {
        while (TcpPorts.isFree(port)) {
            if (!process.isAlive() || !ChildProcess.slept()) {
                throw new Trouble("smtp-sink did not start; see " + folder.resolve("smtp-sink.log"));
            }
        }
    }

    int port() {
        return port;
    }

    /** @return seconds that smtp-source takes to hand over so many mails of that size, {@value #SESSIONS} at a time */
    double reference(int mails, int bytes) {
        Instant began = Instant.now();
        ChildProcess source = started(
                "smtp-source",
                List.of(
                        "-d",
                        "-s",
                        Integer.toString(SESSIONS),
                        "-l",
                        Integer.toString(bytes),
                        "-m",
                        Integer.toString(mails),
                        "-f",
                        "news@shop.example.com",
                        "-t",
                        "reader@example.com",
                        "127.0.0.1:" + port));
        source.onExit().join();
        if (source.exitCode() != 0) {
            throw new Trouble("smtp-source failed; see " + folder.resolve("smtp-source.log"));
        }
        return Duration.between(began, Instant.now()).toMillis() / 1000.0;
    }

    @Override
    public void close() {
        process.stop("TERM", STOP_PATIENCE);
    }

    private ChildProcess started(String program, List<String> arguments) {
        Path log = folder.resolve(program + ".log");
        try {
            Files.writeString(log, "");
        } catch (IOException failure) {
            throw Trouble.of(failure);
        }
        List<String> command = Stream.concat(Stream.of(found(program).toString()), arguments.stream())
                .toList();
        return ChildProcess.start(
                new ChildProcess.Plan(command, Map.of(), folder, log, folder.resolve(program + ".pid")));
    }

    /** Debian keeps them in a folder that is on nobody's path but root's. */
    private static Path found(String program) {
        return OwnSession.onPath(program)
                .or(() -> Optional.of(Path.of("/usr/sbin", program)).filter(Files::isExecutable))
                .orElseThrow(() -> new Trouble(program + " is missing, the mail server to measure against. Install it:"
                        + " apt install postfix (nothing of it needs to run)."));
    }
}
