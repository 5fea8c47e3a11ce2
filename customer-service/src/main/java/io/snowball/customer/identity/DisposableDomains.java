package io.snowball.customer.identity;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/** Mail domains that give out addresses for minutes: such an address can be written to today and is nobody's tomorrow. */
final class DisposableDomains {
    private static final Set<String> DOMAINS = read();

    private DisposableDomains() {}

    /** @param domain in ASCII and lower case; a subdomain of a disposable one is disposable too */
    static boolean contains(String domain) {
        for (String rest = domain; !rest.isEmpty(); rest = rest.substring(rest.indexOf('.') + 1)) {
            if (DOMAINS.contains(rest)) {
                return true;
            }
            if (rest.indexOf('.') < 0) {
                return false;
            }
        }
        return false;
    }

    private static Set<String> read() {
        try (InputStream file = DisposableDomains.class.getResourceAsStream("/identity/disposable-domains.txt")) {
            if (file == null) {
                throw new IllegalStateException("The list of disposable mail domains is missing");
            }
            return new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
