package io.snowball.segmentation;

import io.snowball.platform.problem.ProblemException;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The version of something that people edit, as it travels in {@code ETag} and {@code If-Match}. */
public final class Revision {
    private Revision() {}

    public static <T> RestResponse<T> tagged(T body, int version) {
        return RestResponse.ResponseBuilder.ok(body)
                .header("ETag", "\"" + version + "\"")
                .build();
    }

    /** @param ifMatch as the caller sent it */
    public static int required(@Nullable String ifMatch) {
        if (ifMatch == null) {
            throw ProblemException.invalidField(
                    "If-Match", "required", "Send the ETag of what you read in the header If-Match");
        }
        String digits = ifMatch.strip().replaceFirst("^\"(.*)\"$", "$1");
        if (!digits.matches("\\d{1,9}")) {
            throw ProblemException.invalidField("If-Match", "unreadable", "Send the ETag as it was, for example \"3\"");
        }
        return Integer.parseInt(digits);
    }
}
