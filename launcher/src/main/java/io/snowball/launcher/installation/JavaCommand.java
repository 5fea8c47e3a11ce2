package io.snowball.launcher.installation;

import java.nio.file.Path;
import java.util.List;

/** The JVM that runs us runs the children too. */
public final class JavaCommand {
    private static final String LAUNCHER_HEAP = "512m";

    private JavaCommand() {}

    static List<String> service(String heap) {
        return List.of(
                java(),
                "-Xms32m",
                "-Xmx" + heap,
                // Five services share the processors of one machine: what G1 does beside the program it would take from
                // the others.
                "-XX:+UseParallelGC",
                "-XX:+UseCompactObjectHeaders",
                // A service without memory is worse than a dead one: dead ones are started again.
                "-XX:+ExitOnOutOfMemoryError",
                // Netty's and jboss-logging's old ways, about which a JDK 25 would warn at each start.
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow");
    }

    /** Another launcher like this one. */
    public static List<String> launcher() {
        return List.of(
                java(), "-Xmx" + LAUNCHER_HEAP, "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"));
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
