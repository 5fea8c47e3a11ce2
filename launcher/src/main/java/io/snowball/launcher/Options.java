package io.snowball.launcher;

import io.snowball.launcher.installation.Installation;
import io.snowball.launcher.installation.Ports;
import io.snowball.launcher.installation.Service;
import io.snowball.launcher.installation.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The options that several commands share: {@code --name value} and {@code --flag}. */
final class Options {
    /** They say where and how to run; every command that may start the system takes them. */
    static final Set<String> RUNNING = Set.of(
            "dir",
            "home",
            "host",
            "port-base",
            "mailbox-port",
            "smtp-port",
            "db-port",
            "public-url",
            "heap",
            "patience");

    private final Map<String, String> values = new HashMap<>();
    private final Set<String> flags = new HashSet<>();

    private Options() {}

    /** Some options are followed by a value, flags are not. */
    static Options parse(List<String> arguments, Set<String> valued, Set<String> flags) {
        Options options = new Options();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            String name = argument.startsWith("--") ? argument.substring(2) : "";
            if (flags.contains(name)) {
                options.flags.add(name);
            } else if (valued.contains(name)) {
                if (i + 1 == arguments.size()) {
                    throw new UsageProblem(argument + " needs a value after it");
                }
                options.values.put(name, arguments.get(++i));
            } else {
                throw new UsageProblem("unknown option " + argument);
            }
        }
        return options;
    }

    boolean has(String flag) {
        return flags.contains(flag);
    }

    String get(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    int number(String name, int otherwise, int least, int most) {
        String given = values.get(name);
        if (given == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(given);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Said below, together with the range.
        }
        throw new UsageProblem("--" + name + " is a number from " + least + " to " + most + ", not " + given);
    }

    Installation installation() {
        Path home = home();
        return Installation.at(Path.of(get("dir", home.resolve(".snowball").toString())), Service.all(home));
    }

    Settings settings() {
        boolean moved = values.containsKey("port-base");
        Ports row = moved ? Ports.from(port("port-base", 8080)) : Ports.standard();
        Ports ports = new Ports(
                row.first(),
                port("mailbox-port", row.mailbox()),
                port("smtp-port", row.smtp()),
                port("db-port", row.database()));
        Settings settings = Settings.standard()
                .withPorts(ports)
                .withHost(get("host", "127.0.0.1"))
                .withHeap(get("heap", Settings.standard().heap()))
                .withPatience(Duration.ofSeconds(number("patience", 180, 1, 3600)));
        String publicUrl = values.get("public-url");
        return publicUrl == null ? settings : settings.withPublicUrl(publicUrl);
    }

    /** The project's folder: given by ./snowball, else found from where this program lies (launcher/target/launcher.jar). */
    private Path home() {
        if (values.containsKey("home")) {
            return Path.of(get("home", ""));
        }
        String classPath = System.getProperty("java.class.path");
        Path jar = Path.of(classPath).toAbsolutePath();
        Path above = jar.getNameCount() > 3 ? jar.resolve("../../..").normalize() : jar;
        return Files.exists(above.resolve("snowball")) ? above : Path.of("").toAbsolutePath();
    }

    private int port(String name, int otherwise) {
        return number(name, otherwise, 1, 65_500);
    }
}
