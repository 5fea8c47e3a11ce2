package io.snowball.customer.feedback;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A question in the words in which it was asked. Other words are another version.
 *
 * @param items of a CLI question: recommend, repurchase, try other
 */
record Question(
        UUID id,
        String code,
        String language,
        int version,
        FeedbackKind kind,
        String wording,
        List<String> items,
        Instant createdAt) {
    boolean says(Question other) {
        return wording.equals(other.wording) && items.equals(other.items);
    }
}
