package io.snowball.launcher.installation;

import io.snowball.launcher.machine.Folders;
import io.snowball.launcher.machine.Trouble;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Made once, kept in a file that only its owner may read, never in a log. */
final class Secrets {
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int KEY_LENGTH = 48;
    private static final int PASSWORD_LENGTH = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path file;
    private final Map<String, String> values = new TreeMap<>();

    private Secrets(Path file) {
        this.file = file;
    }

    static Secrets in(Path file) {
        Secrets secrets = new Secrets(file);
        if (Files.exists(file)) {
            secrets.read();
        }
        return secrets;
    }

    /** The key that services share: long, nobody types it. */
    String key(String name) {
        return get(name, KEY_LENGTH);
    }

    /** Letters and digits that aren't mistaken for one another. */
    String password(String name) {
        return get(name, PASSWORD_LENGTH);
    }

    private synchronized String get(String name, int length) {
        String known = values.get(name);
        if (known != null) {
            return known;
        }
        String made = RANDOM.ints(length, 0, ALPHABET.length())
                .mapToObj(i -> ALPHABET.substring(i, i + 1))
                .collect(Collectors.joining());
        values.put(name, made);
        write();
        return made;
    }

    private void read() {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
            properties.load(in);
        } catch (IOException e) {
            throw Trouble.of(e);
        }
        properties.forEach((name, value) -> values.put(name.toString(), value.toString()));
    }

    private void write() {
        String text = values.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue() + "\n")
                .collect(Collectors.joining(
                        "", "# Made by ./snowball up. Belongs to the data beside it: keep both or delete both.\n", ""));
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        try {
            Folders.writeSecret(unfinished, text);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw Trouble.of(e);
        }
    }
}
