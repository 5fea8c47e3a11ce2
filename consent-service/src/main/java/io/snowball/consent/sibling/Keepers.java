package io.snowball.consent.sibling;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * All siblings that keep anything of people. A new one that does belongs in here. The gateway is none: its tables know of staff only,
 * which a test over there watches.
 */
@ApplicationScoped
public class Keepers {
    private final List<Keeper> all;

    Keepers(
            PersonalData customers,
            @RestClient SegmentationRestClient segmentation,
            @RestClient CampaignRestClient campaign) {
        this.all = List.of(
                customers,
                new FactKeeper("segmentation-service", segmentation::traces),
                new FactKeeper("campaign-service", campaign::traces));
    }

    public List<Keeper> all() {
        return all;
    }

    /** One that holds facts under ids, and destroys them by our feed. */
    private record FactKeeper(String service, Function<Traces.Find, Uni<Traces>> question) implements Keeper {
        @Override
        public Uni<Left> left(List<UUID> ids) {
            return question.apply(new Traces.Find(ids)).map(FactKeeper::read);
        }

        private static Left read(Traces traces) {
            TreeMap<String, Long> rows = new TreeMap<>();
            traces.categories().forEach(trace -> rows.merge(trace.category(), trace.rows(), Long::sum));
            return new Left(traces.told(), rows);
        }
    }
}
