package io.snowball.segmentation.rfm;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.security.Roles;
import io.snowball.segmentation.rfm.RfmHistoryApi.CustomerRfmHistory;
import io.snowball.segmentation.rfm.RfmHistoryApi.RfmHistory;
import io.snowball.segmentation.rfm.RfmHistoryApi.RfmStep;
import io.snowball.segmentation.rfm.RfmHistoryApi.RfmTransitions;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "RFM")
class RfmHistoryResource {
    private final RfmHistories histories;

    RfmHistoryResource(RfmHistories histories) {
        this.histories = histories;
    }

    @GET
    @Path("rfm/history")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST})
    @Operation(
            operationId = "getRfmHistory",
            summary = "How many customers were in each cell over time",
            description =
                    "By today's thresholds, from the orders as they are known today: one returned since counts at no "
                            + "time. Up to 60 points. Steps are calendar days, weeks, months or quarters in UTC.")
    public Uni<RfmHistory> history(
            @RestQuery @Nullable @Parameter(example = "2026-01-01T00:00:00Z", description = "The first point; required")
                    Instant from,
            @RestQuery @Nullable @Parameter(example = "2026-07-01T00:00:00Z", description = "Inclusive; absent: now")
                    Instant to,
            @RestQuery @DefaultValue("MONTH") RfmStep step) {
        return histories.history(from, to, step);
    }

    @GET
    @Path("rfm/transitions")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST})
    @Operation(
            operationId = "getRfmTransitions",
            summary = "Who moved from which cell to which between two moments",
            description =
                    "The transition matrix as a list of its cells that are not empty. By today's thresholds, from the "
                            + "orders as they are known today.")
    public Uni<RfmTransitions> transitions(
            @RestQuery @Nullable @Parameter(example = "2026-05-01T00:00:00Z", description = "Required") Instant from,
            @RestQuery @Nullable @Parameter(example = "2026-06-01T00:00:00Z", description = "Absent: now") Instant to) {
        return histories.transitions(from, to);
    }

    @GET
    @Path("rfm/customers/{customerId}/history")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES})
    @Accesses(value = AccessAction.READ, purpose = "analysis")
    @Operation(
            operationId = "getCustomerRfmHistory",
            summary = "The cells that one customer has been in, and since when",
            description =
                    "By today's thresholds, from orders up to now. Empty for who never bought or is not known here.")
    public Uni<CustomerRfmHistory> ofCustomer(@RestPath UUID customerId) {
        return histories.ofCustomer(customerId);
    }
}
