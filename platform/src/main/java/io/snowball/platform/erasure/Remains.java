package io.snowball.platform.erasure;

import java.util.Arrays;
import java.util.stream.Collectors;

/** One category of what may be left of a person: rows of a table. An enum of these is all that a service looks into. */
public interface Remains {
    String name();

    String table();

    /** SQL that holds for rows of the person; $1 is all ids that the person ever had. */
    String condition();

    /** One statement for all: a row for each category that is there, {@code category} and {@code found}. */
    static String count(Remains[] all) {
        return Arrays.stream(all)
                .map(one -> "select '%s' as category, count(*) as found from %s where %s having count(*) > 0"
                        .formatted(one.name(), one.table(), one.condition()))
                .collect(Collectors.joining("\nunion all\n"));
    }
}
