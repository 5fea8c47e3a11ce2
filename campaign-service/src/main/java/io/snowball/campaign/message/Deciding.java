package io.snowball.campaign.message;

import io.smallrye.mutiny.Uni;
import io.snowball.campaign.CampaignConfig;
import io.snowball.campaign.message.Batch.Claimed;
import io.snowball.campaign.sibling.ConsentDecisions;
import io.snowball.campaign.sibling.ConsentDecisions.Subject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;

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

    Uni<Fresh> ask(Subject subject, Collection<Claimed> messages) {
        long askedAt = nanoClock.nanos();
        return consent.decide(
                        subject, messages.stream().map(Claimed::customerId).toList())
                .map(decisions ->
                        new Fresh(decisions, askedAt, config.dispatch().decisionValid(), nanoClock));
    }
}
