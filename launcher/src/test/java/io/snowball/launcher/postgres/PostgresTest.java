package io.snowball.launcher.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snowball.launcher.machine.TcpPorts;
import io.snowball.launcher.machine.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresTest {
    @TempDir
    Path folder;

    private final int port = TcpPorts.freeRow(1);

    @BeforeEach
    void unpackOnce() throws IOException {
        SharedServer.linkInto(folder);
    }

    @Test
    void keepsDataOverRestartsAndAfterALauncherThatWasKilled() throws SQLException {
        Postgres first = start();
        first.ensureDatabase("customer", "secret1");
        run("customer", "customer", "secret1", "create table t as select 'Москва' as city");
        first.stop();

        Postgres second = start();
        assertThat(ask("customer", "customer", "secret1", "select lower(city) from t"))
                .isEqualTo("москва");

        // The second is left running, as SIGKILL would leave it: the third finds it and takes its place.
        Postgres third = start();
        assertThat(second.process().isAlive()).isFalse();
        third.ensureDatabase("customer", "secret2");
        assertThat(ask("customer", "customer", "secret2", "select city from t")).isEqualTo("Москва");
        third.stop();
        assertThat(Postgres.stopLeftOver(folder)).isFalse();
    }

    @Test
    void letsARoleIntoItsOwnDatabaseOnly() throws SQLException {
        Postgres postgres = start();
        try {
            postgres.ensureDatabase("customer", "one");
            postgres.ensureDatabase("consent", "two");

            assertThat(ask("consent", "consent", "two", "select current_user::text"))
                    .isEqualTo("consent");
            assertRefused("consent", "customer", "one", "42501");
            assertRefused("customer", "consent", "two", "42501");
            assertRefused("postgres", "customer", "one", "42501");
            assertRefused("customer", "customer", "two", "28P01");
            assertThat(ask("customer", "customer", "one", "show listen_addresses"))
                    .isEqualTo("127.0.0.1");
            assertThat(ask("customer", "customer", "one", "show server_version"))
                    .startsWith(Postgres.VERSION);
        } finally {
            postgres.stop();
        }
    }

    @Test
    void givesADatabaseToAnOwnerWhoIsNotTheServiceAndHandsOverWhatWasThere() throws SQLException {
        Postgres postgres = start();
        try {
            postgres.ensureDatabase("consent", "one");
            run("consent", "consent", "one", "create table ledger as select 'GIVEN' as action");
            postgres.ensureDatabase("consent", "one", "consent_owner", "two");
            run("consent", "consent_owner", "two", "alter table ledger add column more int");
            assertThatThrownBy(() -> run("consent", "consent", "one", "update ledger set action = 'WITHDRAWN'"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
            assertThatThrownBy(() -> run("consent", "consent", "one", "create table mine (id int)"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
        } finally {
            postgres.stop();
        }
    }

    @Test
    void writesNoPersonalDataToItsLog() throws Exception {
        Postgres postgres = start();
        try {
            postgres.ensureDatabase("customer", "one");
            run("customer", "customer", "one", "create table t (email text primary key)");
            run("customer", "customer", "one", "insert into t values ('anna@example.ru')");
            assertThatThrownBy(() -> run("customer", "customer", "one", "insert into t values ('anna@example.ru')"))
                    .isInstanceOf(SQLException.class);
        } finally {
            postgres.stop();
        }
        assertThat(Files.readString(log())).contains("duplicate key").doesNotContain("anna@example.ru");
    }

    @Test
    void saysWhatToDoWithDataOfAnotherVersionOrAnotherPassword() throws Exception {
        start().stop();
        assertThatThrownBy(() -> Postgres.start(place("another")))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("another password than the secrets file");
        assertThat(Postgres.stopLeftOver(folder)).isFalse();

        Files.writeString(folder.resolve("data/PG_VERSION"), "17\n");
        assertThatThrownBy(this::start).isInstanceOf(Trouble.class).hasMessageContaining("are of PostgreSQL 17");
    }

    private Postgres start() {
        return Postgres.start(place("super"));
    }

    private Postgres.Place place(String password) {
        return new Postgres.Place(folder, log(), folder.resolve("postgres.pid"), port, password);
    }

    private Path log() {
        return folder.resolve("postgres.log");
    }

    private Connection connect(String database, String user, String password) throws SQLException {
        return DriverManager.getConnection(Postgres.jdbcUrl(port, database), user, password);
    }

    private void run(String database, String user, String password, String sql) throws SQLException {
        try (Connection connection = connect(database, user, password);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String ask(String database, String user, String password, String sql) throws SQLException {
        try (Connection connection = connect(database, user, password);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private void assertRefused(String database, String user, String password, String state) {
        assertThatThrownBy(() -> connect(database, user, password).close())
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state));
    }
}
