package io.snowball.platform.feed;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Map;

/** The test application is its own sibling, so its address must be known before it starts. */
public class OwnFeed implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        try (ServerSocket free = new ServerSocket(0)) {
            String port = String.valueOf(free.getLocalPort());
            return Map.of("quarkus.http.test-port", port, "snowball.peers.self", "http://localhost:" + port);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void stop() {}
}
