package io.snowball.launcher.bench;

import io.snowball.launcher.machine.Trouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** PostgreSQL's own measuring program, on one of our databases. */
final class PgBench {
    private static final int OLDEST = 14;
    private static final int NEWEST = 18;

    private final Path folder;
    private final int port;
    private final String database;
    private final String password;

    PgBench(Path folder, int port, String database, String password) {
        this.folder = folder;
        this.port = port;
        this.database = database;
        this.password = password;
    }

    /**
     * One statement again and again, prepared, on so many connections.
     *
     * @param script with pgbench's variables
     */
    Callers.Run run(String name, String script, int connections, int seconds) throws IOException {
        Path file = Files.writeString(folder.resolve(name + ".sql"), script);
        Path log = folder.resolve(name + ".log");
        ProcessBuilder command = new ProcessBuilder(
                        program().toString(),
                        "--no-vacuum",
                        "--protocol=prepared",
                        "--file=" + file,
                        "--client=" + connections,
                        "--jobs=" + Math.min(connections, Runtime.getRuntime().availableProcessors()),
                        "--time=" + seconds,
                        "--log",
                        "--log-prefix=" + log,
                        "--host=127.0.0.1",
                        "--port=" + port,
                        "--username=" + database,
                        database)
                .redirectErrorStream(true);
        command.environment().put("PGPASSWORD", password);
        Process process = command.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (said.lines().noneMatch(line -> line.startsWith("tps = "))) {
            throw new Trouble("pgbench did not measure. It said: " + said);
        }
        return new Callers.Run(seconds, micros(name + ".log."));
    }

    /** The third word of each line of each thread's log. */
    private long[] micros(String begin) throws IOException {
        LongStream all = LongStream.empty();
        try (DirectoryStream<Path> logs = Files.newDirectoryStream(folder, begin + "*")) {
            for (Path log : logs) {
                try (Stream<String> lines = Files.lines(log)) {
                    long[] micros = lines.mapToLong(line -> Long.parseLong(line.split(" ", 4)[2]))
                            .toArray();
                    all = LongStream.concat(all, LongStream.of(micros));
                }
            }
        }
        return all.sorted().toArray();
    }

    private static Path program() {
        List<Path> places = new ArrayList<>();
        for (String place : System.getenv("PATH").split(":")) {
            places.add(Path.of(place, "pgbench"));
        }
        for (int version = NEWEST; version >= OLDEST; version--) {
            places.add(Path.of("/usr/lib/postgresql/" + version + "/bin/pgbench"));
        }
        return places.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new Trouble("The reference needs pgbench: apt install postgresql-contrib,"
                        + " or brew install postgresql@18."));
    }
}
