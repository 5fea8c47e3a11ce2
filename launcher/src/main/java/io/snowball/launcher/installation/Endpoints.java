package io.snowball.launcher.installation;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.snowball.launcher.machine.Trouble;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;

/** Where a running system is reached. It is kept in the state file, so it holds no secret. */
public record Endpoints(Map<String, URI> services, URI publicUrl, URI mailbox, int smtpPort, int databasePort) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public URI gateway() {
        return service("gateway");
    }

    public URI service(String name) {
        URI found = services.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    "There is no service " + name + "; there are " + services.keySet() + ".");
        }
        return found;
    }

    void write(Path file) {
        try {
            Path unfinished = file.resolveSibling(file.getFileName() + ".new");
            Files.write(unfinished, JSON.writeValueAsBytes(this));
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw Trouble.of(e);
        }
    }

    static Optional<Endpoints> read(Path file) {
        try {
            return Files.exists(file)
                    ? Optional.of(JSON.readValue(Files.readAllBytes(file), Endpoints.class))
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
