package io.snowball.campaign.smtp;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a server said to EHLO. {@code sizeMax} is 0 where it named no limit; {@code auth} holds mechanisms in upper case. */
public record Capabilities(boolean pipelining, boolean eightBitMime, boolean startTls, long sizeMax, Set<String> auth) {

    /** A server that knows only HELO. */
    static final Capabilities NONE = new Capabilities(false, false, false, 0, Set.of());

    static Capabilities of(Reply ehlo) {
        boolean pipelining = false;
        boolean eightBitMime = false;
        boolean startTls = false;
        long sizeMax = 0;
        Set<String> auth = Set.of();
        List<String> lines = ehlo.lines();
        // The first line is the server's name.
        for (String line : lines.subList(1, lines.size())) {
            // "AUTH=LOGIN" is what some old servers say beside "AUTH LOGIN".
            String[] words = line.trim().toUpperCase(Locale.ROOT).split("[ =]+", -1);
            switch (words[0]) {
                case "PIPELINING" -> pipelining = true;
                case "8BITMIME" -> eightBitMime = true;
                case "STARTTLS" -> startTls = true;
                case "SIZE" -> sizeMax = words.length > 1 ? sizeOf(words[1]) : 0;
                case "AUTH" -> auth = union(auth, words);
                default -> {} // an extension that we don't use
            }
        }
        return new Capabilities(pipelining, eightBitMime, startTls, sizeMax, auth);
    }

    private static Set<String> union(Set<String> known, String[] words) {
        return Stream.concat(known.stream(), Stream.of(words).skip(1)).collect(Collectors.toUnmodifiableSet());
    }

    private static long sizeOf(String word) {
        boolean number = !word.isEmpty() && word.length() < 19 && word.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Long.parseLong(word) : 0;
    }
}
