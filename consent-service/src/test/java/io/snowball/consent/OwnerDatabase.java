package io.snowball.consent;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** The database as its owner has it, who may do what the service may not. */
public final class OwnerDatabase {
    private OwnerDatabase() {}

    /** In one session, so that a setting holds for the statements after it. */
    public static void run(String... statements) {
        Config config = ConfigProvider.getConfig();
        String url = "jdbc:postgresql://%s:%s/%s"
                .formatted(
                        config.getValue("snowball.db.host", String.class),
                        config.getValue("snowball.db.port", String.class),
                        config.getValue("snowball.db.name", String.class));
        try (Connection connection = DriverManager.getConnection(
                        url,
                        config.getValue("consent.owner-user", String.class),
                        config.getValue("consent.owner-password", String.class));
                var sql = connection.createStatement()) {
            for (String statement : statements) {
                sql.execute(statement);
            }
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    /** Past every trigger and foreign key: the worst that somebody can do who owns the server. */
    public static void tamper(String statement) {
        run("set session_replication_role = replica", statement);
    }
}
