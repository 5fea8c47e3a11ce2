package io.snowball.launcher.postgres;

import io.snowball.launcher.machine.ChildProcess;
import io.snowball.launcher.machine.Folders;
import io.snowball.launcher.machine.LogFile;
import io.snowball.launcher.machine.Trouble;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** The database server of one installation. */
public final class Postgres {
    public static final String VERSION = "18.6";

    static final String MAJOR = "18";
    public static final Duration STOP_PATIENCE = Duration.ofMinutes(1);
    private static final Duration START_PATIENCE = Duration.ofMinutes(2);

    /** Where it lives and how it is reached. The super-user's password is needed to make databases, by nobody else. */
    public record Place(Path folder, Path log, Path pidFile, int port, String superPassword) {}

    private final Place place;
    private final ChildProcess process;

    private Postgres(Place place, ChildProcess process) {
        this.place = place;
        this.process = process;
    }

    /** Starts it and returns when it answers. A server that a killed launcher left behind is stopped before. */
    public static Postgres start(Place place) {
        Folders.writable(place.folder());
        stopLeftOver(place.folder());
        Path server = Binaries.unpackInto(place.folder());
        ServerUser user = ServerUser.find();
        Path data = new DataFolder(place.folder(), server, user).ready(place.superPassword());
        List<String> command = new ArrayList<>(user.prefix());
        command.add(server.resolve("bin/postgres").toString());
        command.addAll(List.of("-D", data.toString()));
        command.addAll(ServerSettings.flags(place.port(), ServerSettings.machineMemory()));
        ChildProcess process = ChildProcess.start(
                new ChildProcess.Plan(command, DataFolder.ENVIRONMENT, place.folder(), place.log(), place.pidFile()));
        Postgres postgres = new Postgres(place, process);
        try {
            postgres.awaitAnswer();
        } catch (RuntimeException e) {
            postgres.stop();
            throw e;
        }
        return postgres;
    }

    public ChildProcess process() {
        return process;
    }

    public static String jdbcUrl(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** Makes the role and its database, or brings the password of an old one up to date. */
    public void ensureDatabase(String name, String password) {
        ensureDatabase(name, password, name, password);
    }

    /**
     * The same with another role for the owner, who migrates: the service's own can't change what it may only add to. What the
     * service's role owned before is handed over.
     */
    public void ensureDatabase(String name, String password, String owner, String ownerPassword) {
        try (Connection connection = connect(START_PATIENCE, "postgres");
                var sql = connection.createStatement()) {
            ensureRole(connection, name, password);
            ensureRole(connection, owner, ownerPassword);
            if (!exists(connection, "select 1 from pg_database where datname = ?", name)) {
                sql.execute("create database " + name + " owner " + owner);
            } else if (!owner.equals(name)) {
                handOver(name, owner);
            }
            sql.execute("grant connect on database " + name + " to " + name);
            sql.execute("revoke connect, temporary on database " + name + " from public");
            sql.execute("revoke connect, temporary on database postgres from public");
        } catch (SQLException e) {
            throw new Trouble(
                    "The database " + name + " could not be made: " + e.getMessage() + ". See " + place.log() + ".", e);
        }
    }

    private static void ensureRole(Connection connection, String name, String password) throws SQLException {
        if (!name.matches("[a-z_]+") || !password.matches("[A-Za-z0-9]+")) {
            // They are written into statements that take no parameters.
            throw new IllegalArgumentException("name or password with characters that need quoting");
        }
        try (var sql = connection.createStatement()) {
            if (!exists(connection, "select 1 from pg_roles where rolname = ?", name)) {
                sql.execute("create role " + name + " login");
            }
            sql.execute("alter role " + name + " password '" + password + "'");
        }
    }

    private void handOver(String name, String owner) throws SQLException {
        try (Connection database = connect(START_PATIENCE, name);
                var sql = database.createStatement()) {
            sql.execute("alter database " + name + " owner to " + owner);
            sql.execute("reassign owned by " + name + " to " + owner);
        }
    }

    /** Fast shutdown: sessions are cut, everything committed is on disk. */
    public void stop() {
        process.stop("INT", STOP_PATIENCE);
    }

    /** Stops whatever runs from this folder, however its launcher ended. False where nothing did. */
    public static boolean stopLeftOver(Path folder) {
        Path own = folder.toAbsolutePath().normalize();
        List<ProcessHandle> left = running(own);
        if (left.isEmpty()) {
            return false;
        }
        // Workers go when their postmaster goes, so the signal is for those whose parent is not one of them.
        left.stream()
                .filter(p -> p.parent()
                        .map(parent -> left.stream().noneMatch(parent::equals))
                        .orElse(true))
                .forEach(p -> ChildProcess.signal(p, "INT"));
        for (ProcessHandle p : left) {
            if (!ChildProcess.awaitExit(p, STOP_PATIENCE)) {
                ChildProcess.signal(p, "QUIT");
                ChildProcess.awaitExit(p, STOP_PATIENCE);
            }
        }
        return true;
    }

    private static List<ProcessHandle> running(Path folder) {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(p -> p.info()
                            .command()
                            .map(c -> Path.of(c).startsWith(folder))
                            .orElse(false))
                    .toList();
        }
    }

    private void awaitAnswer() {
        try {
            connect(START_PATIENCE, "postgres").close();
        } catch (SQLException e) {
            String said = String.join("\n  ", new LogFile(place.log()).lastLines(5));
            if ("28P01".equals(e.getSQLState())) {
                throw new Trouble(
                        "The database in " + place.folder() + " has another password than the secrets file beside it."
                                + " Put the file back that belongs to it, or delete the folder to start anew.",
                        e);
            }
            throw new Trouble("PostgreSQL did not start. The end of " + place.log() + ":\n  " + said, e);
        }
    }

    private Connection connect(Duration patience, String database) throws SQLException {
        Properties login = new Properties();
        login.put("user", "postgres");
        login.put("password", place.superPassword());
        long until = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return DriverManager.getConnection(jdbcUrl(place.port(), database), login);
            } catch (SQLException e) {
                boolean startingUp = e.getSQLState() == null
                        || e.getSQLState().startsWith("08")
                        || e.getSQLState().equals("57P03");
                if (!startingUp || !process.isAlive() || System.nanoTime() > until) {
                    throw e;
                }
                ChildProcess.awaitExit(process.handle(), Duration.ofMillis(50));
            }
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (var statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }
}
