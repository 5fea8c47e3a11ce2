package io.snowball.customer;

import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.problem.ProblemException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Optimistic concurrency: the version of what was read, as {@code ETag}, and of what is to be changed, as {@code If-Match}. */
public final class EntityTags {
    private static final Pattern VERSION = Pattern.compile("\"?(\\d{1,9})\"?");

    private EntityTags() {}

    public static <T> RestResponse<T> tagged(T view, int version) {
        return RestResponse.ResponseBuilder.ok(view)
                .header("ETag", '"' + String.valueOf(version) + '"')
                .build();
    }

    public static int required(@Nullable String ifMatch) {
        Matcher version = VERSION.matcher(ifMatch == null ? "" : ifMatch.strip());
        if (!version.matches()) {
            throw ProblemException.invalidField(
                    "If-Match", "required", "Send the header If-Match with the version that you read, such as \"3\"");
        }
        return Integer.parseInt(version.group(1));
    }

    /** @throws ProblemException 412 where somebody was faster */
    public static void check(int expected, int version) {
        if (expected != version) {
            throw CommonProblem.STALE_VERSION.with("Read it again, then repeat your change");
        }
    }
}
