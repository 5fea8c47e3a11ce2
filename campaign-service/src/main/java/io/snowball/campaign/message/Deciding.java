package io.snowball.campaign.message;

import io.smallrye.mutiny.Uni;
import io.snowball.campaign.CampaignConfig;
import io.snowball.campaign.message.Batch.Claimed;
import io.snowball.campaign.sibling.ConsentDecisions;
import io.snowball.campaign.sibling.ConsentDecisions.Subject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Asks for decisions and notes until when they are good. */
@ApplicationScoped
class Deciding {
    private final ConsentDecisions consent;
    private final CampaignConfig config;
    private final NanoClock nanoClock;

    Deciding(ConsentDecisions consent, CampaignConfig config, NanoClock nanoClock) {
        this.consent = consent;
        this.config = config;
        this.nanoClock = nanoClock;
    }

    /** @param addresses by customer; stop-lists by address count, and a consent for another address does not */
    Uni<Fresh> ask(Subject subject, Collection<Claimed> messages, Map<UUID, String> addresses) {
        long askedAt = nanoClock.nanos();
        return consent.decide(
                        subject, messages.stream().map(Claimed::customerId).toList(), addresses)
                .map(decisions -> new Fresh(
                        decisions, addresses, askedAt, config.dispatch().decisionValid(), nanoClock));
    }
}
