package io.snowball.launcher.postgres;

import io.snowball.launcher.machine.Folders;
import io.snowball.launcher.machine.Trouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The cluster's files. */
record DataFolder(Path parent, Path server, ServerUser user) {
    /** A locale that the machine doesn't have makes initdb give up; ours is set by flags. */
    static final Map<String, String> ENVIRONMENT = Map.of("LC_ALL", "C", "TZ", "UTC");

    /** The folder is there afterwards, made by this version, and no lock of a dead server lies in it. */
    Path ready(String superPassword) {
        Path data = parent.resolve("data");
        try {
            if (!Files.exists(data)) {
                create(data, superPassword);
            }
            user.own(data);
            String version = Files.readString(data.resolve("PG_VERSION")).trim();
            if (!version.equals(Postgres.MAJOR)) {
                throw new Trouble(
                        "The data in %s are of PostgreSQL %s, this is PostgreSQL %s. Dump them with the old version and load them here, or choose another folder with --dir."
                                .formatted(data, version, Postgres.MAJOR));
            }
            // Nothing runs from this folder any more (the caller saw to it). The server would believe a stale lock
            // whose pid
            // is in use again by somebody else.
            Files.deleteIfExists(data.resolve("postmaster.pid"));
            return data;
        } catch (IOException e) {
            throw Trouble.of(e);
        }
    }

    private void create(Path data, String superPassword) throws IOException {
        Path unfinished = parent.resolve("data.unfinished");
        Folders.deleteTree(unfinished);
        Folders.ownerOnly(unfinished);
        Path passwordFile = parent.resolve("password.unfinished");
        Folders.writeSecret(passwordFile, superPassword);
        user.own(unfinished);
        user.own(passwordFile);
        try {
            run(List.of(
                    server.resolve("bin/initdb").toString(),
                    "--pgdata=" + unfinished,
                    "--username=postgres",
                    "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    // The same order and the same case rules on every machine, Cyrillic included.
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--locale=C"));
        } finally {
            Files.deleteIfExists(passwordFile);
        }
        Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private void run(List<String> command) throws IOException {
        List<String> whole = new ArrayList<>(user.prefix());
        whole.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(whole).redirectErrorStream(true).directory(parent.toFile());
        builder.environment().putAll(ENVIRONMENT);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new Trouble("The database could not be set up in " + parent + ". initdb said:\n"
                        + said.strip().indent(2).stripTrailing());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Trouble("Interrupted while the database was being set up.", e);
        }
    }
}
