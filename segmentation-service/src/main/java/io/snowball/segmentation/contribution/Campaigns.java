package io.snowball.segmentation.contribution;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.problem.ProblemException;
import io.snowball.segmentation.contribution.CampaignRestClient.Campaign;
import io.snowball.segmentation.contribution.CampaignRestClient.Page;
import io.snowball.segmentation.contribution.CampaignRestClient.Report;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;

/** What campaign-service tells of campaigns. */
@ApplicationScoped
class Campaigns {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int PAGE = 200;
    private static final int PAGES_MAX = 25;
    private static final int REPORTS_MAX = 200;
    private static final int AT_ONCE = 4;
    private static final int RETRY_SECONDS = 30;

    private final CampaignRestClient client;

    Campaigns(@RestClient CampaignRestClient client) {
        this.client = client;
    }

    record Reported(Campaign campaign, Report report) {}

    Uni<Reported> report(UUID campaignId) {
        return answered(client.get(campaignId))
                .chain(campaign -> answered(client.report(campaignId)).map(report -> new Reported(campaign, report)));
    }

    /** In the order in which they were created, the newest first. */
    Uni<List<Reported>> reports(Predicate<Campaign> which) {
        return page(null, 1, which, new ArrayList<>()).chain(Campaigns.this::reports);
    }

    private Uni<List<Campaign>> page(
            @Nullable String cursor, int number, Predicate<Campaign> which, List<Campaign> found) {
        return answered(client.list(cursor, PAGE)).chain(page -> {
            page.items().stream().filter(which).forEach(found::add);
            return next(page, number, which, found);
        });
    }

    private Uni<List<Campaign>> next(Page page, int number, Predicate<Campaign> which, List<Campaign> found) {
        if (found.size() > REPORTS_MAX) {
            throw ProblemException.invalidField(
                    "to", "too-many", "More than " + REPORTS_MAX + " campaigns: ask for a shorter period");
        }
        return page.nextCursor() == null || number == PAGES_MAX
                ? Uni.createFrom().item(found)
                : page(page.nextCursor(), number + 1, which, found);
    }

    private Uni<List<Reported>> reports(List<Campaign> campaigns) {
        return Multi.createFrom()
                .iterable(campaigns)
                .onItem()
                .transformToUni(campaign ->
                        answered(client.report(campaign.id())).map(report -> new Reported(campaign, report)))
                .merge(AT_ONCE)
                .collect()
                .asList();
    }

    private static <T> Uni<T> answered(Uni<T> answer) {
        return answer.ifNoItem().after(TIMEOUT).fail().onFailure().transform(Campaigns::problem);
    }

    private static Throwable problem(Throwable failure) {
        return failure instanceof WebApplicationException answer
                        && answer.getResponse().getStatus() == 404
                ? CommonProblem.NOT_FOUND.with("There is no campaign with this id")
                : ProblemException.unavailable(
                        "campaign-service does not answer as it should; try again in a moment", RETRY_SECONDS);
    }
}
