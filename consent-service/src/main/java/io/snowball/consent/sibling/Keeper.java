package io.snowball.consent.sibling;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A service that keeps something of people, and can be asked what is left of one of them. */
public interface Keeper {
    /** As the act and the state of a destruction name it. */
    String service();

    /** @param ids all that the person ever had */
    Uni<Left> left(List<UUID> ids);

    /**
     * What is left of a person.
     *
     * @param told whether the order to destroy has come for all of the ids: before it has, nothing proves nothing
     * @param rows how many by category, only those with any
     */
    record Left(boolean told, Map<String, Long> rows) {
        public boolean isNothing() {
            return told && rows.isEmpty();
        }
    }
}
