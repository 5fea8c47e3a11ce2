package io.snowball.campaign.template;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The variables that a template may use, as dotted paths: {@code customer.first_name}; {@code customer.attributes.*} for anything
 * below, and for what is in a list. Names a template sets itself (assign, capture, for) needn't be here.
 */
public final class Variables {
    private static final Set<String> OF_EVERY_VALUE = Set.of("size", "first", "last");
    private static final int TYPING_ERRORS_MAX = 2;

    private final TreeSet<String> paths;

    private Variables(Collection<String> paths) {
        this.paths = new TreeSet<>(paths);
        this.paths.add(EmailTemplate.UNSUBSCRIBE_URL);
        this.paths.add(EmailTemplate.PREFERENCES_URL);
    }

    public static Variables of(String... paths) {
        return new Variables(Set.of(paths));
    }

    public static Variables of(Collection<String> paths) {
        return new Variables(paths);
    }

    boolean knows(String path) {
        if (paths.contains(path) || isObject(path) || isBelowOpen(path)) {
            return true;
        }
        int dot = path.lastIndexOf('.');
        return dot > 0 && OF_EVERY_VALUE.contains(path.substring(dot + 1)) && knows(path.substring(0, dot));
    }

    /** A path on the way to a known one: {@code customer}. */
    private boolean isObject(String path) {
        String next = paths.ceiling(path + ".");
        return next != null && next.startsWith(path + ".");
    }

    private boolean isBelowOpen(String path) {
        for (int dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
            if (paths.contains(path.substring(0, dot) + ".*")) {
                return true;
            }
        }
        return false;
    }

    /** The known path that was probably meant. */
    Optional<String> near(String path) {
        return paths.stream()
                .filter(known -> distance(known, path) <= TYPING_ERRORS_MAX)
                .min(Comparator.comparingInt(known -> distance(known, path)));
    }

    /** Levenshtein. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
