package io.snowball.campaign.campaign;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.snowball.campaign.CampaignConfig;
import io.snowball.campaign.campaign.CampaignApi.CampaignEstimate;
import io.snowball.campaign.channel.Tariffs;
import io.snowball.campaign.sibling.ConsentDecisions;
import io.snowball.campaign.sibling.ConsentDecisions.Decisions;
import io.snowball.campaign.sibling.SegmentMembers;
import io.snowball.campaign.sibling.SegmentMembers.UnknownSegment;
import io.snowball.campaign.sibling.SiblingException;
import io.snowball.platform.money.Money;
import io.snowball.platform.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a launch would do now: everybody is counted, nobody is extrapolated. */
@ApplicationScoped
class Estimates {
    private static final int CALLS_AT_ONCE = 4;
    private static final int RETRY_SECONDS = 5;

    private final SegmentMembers members;
    private final ConsentDecisions consent;
    private final Tariffs tariffs;
    private final CampaignConfig config;
    private final Clock clock;

    Estimates(SegmentMembers members, ConsentDecisions consent, Tariffs tariffs, CampaignConfig config, Clock clock) {
        this.members = members;
        this.consent = consent;
        this.tariffs = tariffs;
        this.config = config;
        this.clock = clock;
    }

    private record Tally(long audience, long withoutConsent, long control) {
        static final Tally NONE = new Tally(0, 0, 0);

        Tally plus(Tally other) {
            return new Tally(audience + other.audience, withoutConsent + other.withoutConsent, control + other.control);
        }

        long toSend() {
            return audience - withoutConsent - control;
        }
    }

    Uni<CampaignEstimate> of(Campaign campaign) {
        Instant sendAt = campaign.draft().sendAt();
        return count(campaign, null, Tally.NONE)
                .chain(tally -> tariffs.priceAt(campaign.draft().channel(), sendAt == null ? clock.instant() : sendAt)
                        .map(price -> view(tally, price)))
                .onFailure(UnknownSegment.class)
                .transform(_ -> CampaignProblem.UNKNOWN_SEGMENT.with("Choose a segment that exists"))
                .onFailure(SiblingException.class)
                .transform(
                        failure -> ProblemException.unavailable(failure.getMessage() + "; try again", RETRY_SECONDS));
    }

    private Uni<Tally> count(Campaign campaign, @Nullable UUID after, Tally before) {
        return members.after(campaign.draft().segmentId(), after, config.plan().page())
                .chain(page -> tally(campaign, page.customerIds())
                        .map(before::plus)
                        .chain(sum -> page.nextAfter() == null
                                ? Uni.createFrom().item(sum)
                                : count(campaign, page.nextAfter(), sum)));
    }

    private Uni<Tally> tally(Campaign campaign, List<UUID> customerIds) {
        ConsentDecisions.Subject subject = new ConsentDecisions.Subject(
                campaign.draft().purpose(),
                campaign.draft().channel().name(),
                campaign.draft().messageClass().name());
        return Multi.createFrom()
                .iterable(chunks(customerIds))
                .onItem()
                .transformToUni(
                        chunk -> consent.decide(subject, chunk).map(decisions -> tally(campaign, chunk, decisions)))
                .merge(CALLS_AT_ONCE)
                .collect()
                .with(Collectors.reducing(Tally.NONE, Tally::plus));
    }

    private static Tally tally(Campaign campaign, List<UUID> customerIds, Decisions decisions) {
        ControlGroup control = campaign.controlGroup();
        long refused = 0;
        long heldOut = 0;
        for (UUID customer : customerIds) {
            if (!decisions.of(customer).allowed()) {
                refused++;
            } else if (control.contains(customer)) {
                heldOut++;
            }
        }
        return new Tally(customerIds.size(), refused, heldOut);
    }

    private static List<List<UUID>> chunks(List<UUID> ids) {
        List<List<UUID>> chunks = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += ConsentDecisions.CUSTOMERS_MAX) {
            chunks.add(ids.subList(from, Math.min(ids.size(), from + ConsentDecisions.CUSTOMERS_MAX)));
        }
        return chunks;
    }

    private CampaignEstimate view(Tally tally, Money price) {
        long perSecond = config.dispatch().expectedPerSecond();
        return new CampaignEstimate(
                tally.audience(),
                tally.withoutConsent(),
                tally.control(),
                tally.toSend(),
                price,
                price.times(tally.toSend()),
                (tally.toSend() + perSecond - 1) / perSecond);
    }
}
