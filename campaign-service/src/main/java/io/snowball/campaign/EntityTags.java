package io.snowball.campaign;

import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** Optimistic concurrency: the version of what was read, as {@code ETag}, and of what is to be changed, as {@code If-Match}. */
public final class EntityTags {
    private EntityTags() {}

    public static String of(int version) {
        return "\"" + version + "\"";
    }

    public static int required(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.isBlank()) {
            throw ProblemException.invalidField(
                    "If-Match", "required", "Send the header If-Match with the ETag of what you have read");
        }
        try {
            return Integer.parseInt(ifMatch.strip().replaceAll("^\"|\"$", ""));
        } catch (NumberFormatException _) {
            throw stale();
        }
    }

    public static ProblemException stale() {
        return CommonProblem.STALE_VERSION.with("Read it again, and repeat your change on what it says now");
    }
}
