package io.snowball.segmentation.metric;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.security.Roles;
import io.snowball.segmentation.metric.MetricApi.CustomerMetricsView;
import io.snowball.segmentation.rfm.RfmSettings;
import io.snowball.segmentation.rfm.RfmSettingsSql;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

@Path("/api/v1/customer-metrics")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Customer metrics")
class CustomerMetricResource {
    private final Pool pool;
    private final MetricSql metrics;
    private final FavouriteSql favourites;
    private final EngagementSql engagement;
    private final FeedbackSql feedback;
    private final RfmSettingsSql settings;
    private final Clock clock;

    CustomerMetricResource(
            Pool pool,
            MetricSql metrics,
            FavouriteSql favourites,
            EngagementSql engagement,
            FeedbackSql feedback,
            RfmSettingsSql settings,
            Clock clock) {
        this.pool = pool;
        this.metrics = metrics;
        this.favourites = favourites;
        this.engagement = engagement;
        this.feedback = feedback;
        this.settings = settings;
        this.clock = clock;
    }

    @GET
    @Path("{customerId}")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.SERVICE})
    @Accesses(value = AccessAction.READ, purpose = "analysis")
    @Operation(
            operationId = "getCustomerMetrics",
            summary = "The metrics and the RFM cell of one customer",
            description =
                    "Kept up with each fact. 404 until the customer has come through the feed, which takes about a second.")
    public Uni<CustomerMetricsView> get(@RestPath UUID customerId) {
        return pool.withTransaction(tx -> settings.current(tx).chain(current -> view(tx, customerId, current)));
    }

    private Uni<CustomerMetricsView> view(SqlConnection tx, UUID customerId, RfmSettings rfm) {
        Instant now = clock.instant();
        return metrics.find(tx, customerId, rfm, now)
                .map(found ->
                        found.orElseThrow(() -> CommonProblem.NOT_FOUND.with("No customer with this id is known here")))
                .chain(found -> favourites
                        .find(tx, customerId)
                        .chain(category -> engagement
                                .find(tx, customerId)
                                .chain(answers -> feedback.find(tx, customerId)
                                        .map(words -> found.view(rfm, now, category.orElse(null), answers, words)))));
    }
}
