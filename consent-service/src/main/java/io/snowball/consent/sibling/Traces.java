package io.snowball.consent.sibling;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.UUID;

/** What siblings that hold facts answer when asked what is left of a person. */
@JsonIgnoreProperties(ignoreUnknown = true)
record Traces(boolean told, List<Trace> categories) {
    record Find(List<UUID> customerIds) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Trace(String category, long rows) {}
}
