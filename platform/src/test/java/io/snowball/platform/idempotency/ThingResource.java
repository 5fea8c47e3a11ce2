package io.snowball.platform.idempotency;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.id.Ids;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The smallest thing that can be made twice by mistake. */
@Path("/api/v1/things")
@Produces("application/json")
@RolesAllowed(Roles.ADMIN)
class ThingResource {
    private final Idempotency idempotency;

    ThingResource(Idempotency idempotency) {
        this.idempotency = idempotency;
    }

    record CreateThing(
            @NotNull @Size(min = 1, max = 10) String name,
            @Nullable List<@Valid Part> parts) {}

    record Part(@NotNull @Size(max = 3) String code) {}

    record ThingView(@NotNull UUID id, @NotNull String name) {}

    @POST
    @APIResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(schema = @Schema(implementation = ThingView.class)))
    public Uni<RestResponse<ThingView>> create(
            @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull CreateThing body) {
        return idempotency.once("createThing", key, body, ThingView.class, tx -> {
            ThingView thing = new ThingView(Ids.next(), body.name());
            return tx.preparedQuery("insert into thing select $1, $2 from pg_sleep($3)")
                    .execute(Params.of(thing.id(), thing.name(), body.name().equals("slow") ? 0.5 : 0.0))
                    .invoke(() -> {
                        if (body.name().equals("bad")) {
                            throw new IllegalStateException("fails after it wrote");
                        }
                    })
                    .replaceWith(Reply.created("/api/v1/things/" + thing.id(), thing));
        });
    }
}
