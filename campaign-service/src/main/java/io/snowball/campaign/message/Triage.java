package io.snowball.campaign.message;

import io.snowball.campaign.message.Batch.Claimed;
import io.snowball.campaign.sibling.ConsentDecisions.Decision;
import io.snowball.campaign.sibling.ConsentDecisions.Decisions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a decision means for each message. The control group is judged like everybody else, by consent and by address, so that both
 * groups of the report are people we could have written to.
 */
record Triage(List<Claimed> toSend, List<Ended> ended) {
    private static final String NO_ADDRESS = "NO_ADDRESS";

    /** A message that is over without being offered. */
    record Ended(
            Claimed message,
            MessageState state,
            @Nullable String reason,
            @Nullable UUID recordId) {}

    static Ended refused(Claimed message, Decision decision) {
        return new Ended(message, MessageState.SUPPRESSED, decision.reason(), decision.recordId());
    }

    static Triage of(Collection<Claimed> messages, Decisions decisions, Set<UUID> reachable) {
        List<Claimed> toSend = new ArrayList<>();
        List<Ended> ended = new ArrayList<>();
        for (Claimed message : messages) {
            Decision decision = decisions.of(message.customerId());
            if (!decision.allowed()) {
                ended.add(refused(message, decision));
            } else if (!reachable.contains(message.customerId())) {
                ended.add(new Ended(message, MessageState.SUPPRESSED, NO_ADDRESS, decision.recordId()));
            } else if (message.control()) {
                ended.add(new Ended(message, MessageState.HELD_OUT, null, decision.recordId()));
            } else {
                toSend.add(message);
            }
        }
        return new Triage(List.copyOf(toSend), List.copyOf(ended));
    }
}
