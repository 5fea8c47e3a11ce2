package io.snowball.launcher.installation;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One process of the system.
 *
 * @param name its short name; database, role, log and peer setting carry it
 * @param portOffset its port, counted from the first
 * @param built the file that has to be there before it can start
 * @param program what to run: JVM flags, then the jar or the main class; the JVM itself and the heap are put before
 */
public record Service(String name, int portOffset, Optional<Path> built, List<String> program) {

    /** Snowball's five, in the order in which they are shown. The gateway comes last: who gets through finds everything there. */
    public static List<Service> all(Path home) {
        return List.of(
                quarkus(home, "customer", "customer-service", 1),
                quarkus(home, "consent", "consent-service", 4),
                quarkus(home, "segmentation", "segmentation-service", 2),
                quarkus(home, "campaign", "campaign-service", 3),
                quarkus(home, "gateway", "gateway", 0));
    }

    /** The consent ledger belongs to a role of its own, so that the service can't change what was written (docs/adr/014). */
    String databaseOwner() {
        return name.equals("consent") ? "consent_owner" : name;
    }

    private static Service quarkus(Path home, String name, String module, int portOffset) {
        Path jar = home.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
        return new Service(name, portOffset, Optional.of(jar), List.of("-jar", jar.toString()));
    }
}
