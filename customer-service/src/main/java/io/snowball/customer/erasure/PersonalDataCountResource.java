package io.snowball.customer.erasure;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.erasure.PersonalDataApi.CountPersonalData;
import io.snowball.customer.erasure.PersonalDataApi.PersonalDataCounts;
import io.snowball.platform.access.NoPersonalData;
import io.snowball.platform.db.Params;
import io.snowball.platform.security.Roles;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/personal-data-counts")
@Produces("application/json")
@Tag(name = "For siblings")
@RolesAllowed(Roles.SERVICE)
class PersonalDataCountResource {
    /* language=PostgreSQL */
    private static final String COUNT = """
            select (select count(*) from customer c where $1::uuid[] is null or c.id = any($1)) as subjects,
              (select count(*) from identity i where $1::uuid[] is null or i.customer_id = any($1)) as identifiers
            """;

    private final Pool pool;

    PersonalDataCountResource(Pool pool) {
        this.pool = pool;
    }

    @POST
    @NoPersonalData("Two numbers")
    @Operation(
            operationId = "countPersonalData",
            summary = "How many people, and how many addresses, numbers and ids they have",
            description = "Of all, for the threshold of decree 1119, or of those named, for the class of a leak. Not reachable through the gateway.")
    public Uni<PersonalDataCounts> count(@Valid @NotNull CountPersonalData body) {
        UUID[] ids = body.customerIds() == null ? null : body.customerIds().toArray(UUID[]::new);
        return pool.preparedQuery(COUNT)
                .execute(Params.of((Object) ids))
                .map(rows -> rows.iterator().next())
                .map(row -> new PersonalDataCounts(row.getLong("subjects"), row.getLong("identifiers")));
    }
}
