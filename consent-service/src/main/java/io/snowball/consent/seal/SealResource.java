package io.snowball.consent.seal;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.seal.SealApi.LedgerSeal;
import io.snowball.consent.seal.SealApi.LedgerSealPage;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.security.Roles;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/ledger-seals")
@Produces("application/json")
@Tag(name = "Ledger", description = "Proof that nobody has touched the ledger")
class SealResource {
    private final Pool pool;
    private final SealSql sql;
    private final Seals seals;

    SealResource(Pool pool, SealSql sql, Seals seals) {
        this.seals = seals;
        this.pool = pool;
        this.sql = sql;
    }

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.DPO})
    @Operation(
            operationId = "sealLedger",
            summary = "Seal what is not sealed yet",
            description =
                    "As the clock does every hour; such as before a proof is made. Answers the last seal, which is the old one where nothing was new.")
    public Uni<LedgerSeal> seal() {
        return seals.sealAll().chain(() -> sql.last(pool)).map(last -> LedgerSeal.of(last.orElseThrow()));
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.DPO, Roles.ANALYST, Roles.SERVICE})
    @Operation(operationId = "listLedgerSeals", summary = "The seals, newest first", description = """
                    Made every hour while the ledger grows and once a day in any case. Each is the Merkle root of the events since \
                    the one before. Keep copies somewhere else: against them even the database's owner can't change the past.""")
    public Uni<LedgerSealPage> list(
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        List<String> after = Cursor.decode(cursor, 1);
        int below = after == null ? Integer.MAX_VALUE : Integer.parseInt(after.getFirst());
        return sql.list(pool, below, limit + 1)
                .map(rows -> Keyset.of(rows, limit, last -> List.of(String.valueOf(last.number()))))
                .map(page -> page.map(LedgerSeal::of))
                .map(page -> new LedgerSealPage(page.items(), page.nextCursor()));
    }
}
