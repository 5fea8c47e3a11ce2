package io.snowball.platform.testkit;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL 18 for the tests of one module: {@code @WithTestResource(TestDatabase.class)}. With {@code SNOWBALL_TEST_DB} set to
 * {@code host:port} of a server that has a superuser postgres without a password, that one is used.
 */
public class TestDatabase implements QuarkusTestResourceLifecycleManager {
    private static @Nullable EmbeddedPostgres embedded;

    @Override
    public Map<String, String> start() {
        String given = System.getenv("SNOWBALL_TEST_DB");
        String host = given == null ? "localhost" : given.split(":")[0];
        int port = given == null ? embeddedPort() : Integer.parseInt(given.split(":")[1]);
        return Map.of(
                "snowball.db.host", host,
                "snowball.db.port", String.valueOf(port),
                "snowball.db.name", "postgres",
                "snowball.db.user", "postgres",
                "snowball.db.password", "postgres");
    }

    private static synchronized int embeddedPort() {
        try {
            if (embedded == null) {
                embedded = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "100")
                        .setServerConfig("synchronous_commit", "off")
                        .start();
            }
            return embedded.getPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The server outlives one Quarkus application; the JVM's end stops it. */
    @Override
    public void stop() {}
}
