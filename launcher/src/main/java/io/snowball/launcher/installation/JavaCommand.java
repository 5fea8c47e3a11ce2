package io.snowball.launcher.installation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The JVM that runs us runs the children too. */
public final class JavaCommand {
    private static final String LAUNCHER_HEAP = "512m";

    private JavaCommand() {}

    static List<String> service(String heap) {
        List<String> command = new ArrayList<>(List.of(java(), "-Xms32m", "-Xmx" + heap));
        if (!isCollectorChosen(System.getenv())) {
            // Five services share the processors of one machine: what G1 does beside the program it would take from the
            // others.
            command.add("-XX:+UseParallelGC");
        }
        command.addAll(List.of(
                "-XX:+UseCompactObjectHeaders",
                // A service without memory is worse than a dead one: dead ones are started again.
                "-XX:+ExitOnOutOfMemoryError",
                // Netty's and jboss-logging's old ways, about which a JDK 25 would warn at each start.
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        return command;
    }

    /** A JVM that is told of two collectors does not start. */
    static boolean isCollectorChosen(Map<String, String> environment) {
        return Stream.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")
                .map(name -> environment.getOrDefault(name, ""))
                .anyMatch(options -> options.matches(".*-XX:\\+Use\\w+GC\\b.*"));
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
