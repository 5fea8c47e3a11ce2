package io.snowball.campaign.channel;

import static jakarta.ws.rs.core.MediaType.APPLICATION_JSON;

import io.smallrye.mutiny.Uni;
import io.snowball.campaign.channel.TariffApi.CreateTariff;
import io.snowball.campaign.channel.TariffApi.TariffPage;
import io.snowball.campaign.channel.TariffApi.TariffView;
import io.snowball.platform.idempotency.Idempotency;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/tariffs")
@Produces(APPLICATION_JSON)
@Tag(name = "Tariffs", description = "What a message costs, by channel, from a day on")
class TariffResource {
    private final Tariffs tariffs;
    private final Idempotency idempotency;

    TariffResource(Tariffs tariffs, Idempotency idempotency) {
        this.tariffs = tariffs;
        this.idempotency = idempotency;
    }

    @POST
    @RolesAllowed(Roles.ADMIN)
    @Operation(
            operationId = "createTariff",
            summary = "Set a price from a day on",
            description = "Only for the future: the cost of what was sent stays as reported.")
    @APIResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(schema = @Schema(implementation = TariffView.class)))
    public Uni<RestResponse<TariffView>> create(
            @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull CreateTariff body) {
        return idempotency.once("createTariff", key, body, TariffView.class, tx -> tariffs.create(tx, body));
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST})
    @Operation(
            operationId = "listTariffs",
            summary = "All tariffs, the latest first",
            description = "From the start there is one for each channel: the lowest market price.")
    public Uni<TariffPage> list(
            @RestQuery @Nullable String cursor,
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit) {
        return tariffs.list(cursor, limit).map(TariffPage::of);
    }
}
