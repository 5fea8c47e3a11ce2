package io.snowball.customer.deal;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.snowball.customer.EntityTags;
import io.snowball.customer.PersonalDataRight;
import io.snowball.customer.deal.DealApi.CreateDeal;
import io.snowball.customer.deal.DealApi.DealData;
import io.snowball.customer.deal.DealApi.DealPage;
import io.snowball.customer.deal.DealApi.DealStayPage;
import io.snowball.customer.deal.DealApi.DealView;
import io.snowball.customer.deal.DealApi.MoveDeal;
import io.snowball.customer.deal.DealApi.ReopenDeal;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.idempotency.Idempotency;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/deals")
@Produces("application/json")
@Tag(name = "Deals")
@RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.DPO, Roles.SERVICE})
class DealResource {
    private final Deals deals;
    private final Idempotency idempotency;
    private final SecurityIdentity caller;
    private final JsonWebToken token;

    DealResource(Deals deals, Idempotency idempotency, SecurityIdentity caller, JsonWebToken token) {
        this.deals = deals;
        this.idempotency = idempotency;
        this.caller = caller;
        this.token = token;
    }

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.SALES})
    @Accesses(value = AccessAction.CHANGE, purpose = "sales")
    @Operation(
            operationId = "createDeal",
            summary = "Begin a deal with a customer",
            description = "At an OPEN stage of the pipeline. 409 where the customer's data are blocked.")
    @APIResponse(
            responseCode = "201",
            description = "Begun",
            headers = @Header(name = "Location", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = DealView.class)))
    public Uni<RestResponse<DealView>> create(
            @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull CreateDeal body) {
        String by = token.getSubject();
        return idempotency.once(
                "createDeal",
                key,
                body,
                DealView.class,
                tx -> deals.create(tx, body, by)
                        .map(deal -> Reply.created("/api/v1/deals/" + deal.id(), DealView.of(deal, true))));
    }

    @GET
    @Accesses(value = AccessAction.READ, purpose = "sales")
    @Operation(
            operationId = "listDeals",
            summary = "List deals, newest first",
            description =
                    "A stage of the board by stageId, a colleague's deals by managerId; filters may be combined. Without the deals of "
                            + "customers whose data are blocked.")
    public Uni<DealPage> list(
            @RestQuery @Nullable UUID pipelineId,
            @RestQuery @Nullable UUID stageId,
            @RestQuery @Nullable UUID customerId,
            @RestQuery @Nullable @Size(max = 100) String managerId,
            @RestQuery
                    @Parameter(description = "Only those that have been at their stage for longer than expected")
                    @DefaultValue("false")
                    boolean overdue,
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        boolean texts = PersonalDataRight.has(caller);
        return deals.list(new DealFilter(pipelineId, stageId, customerId, managerId, overdue), cursor, limit)
                .map(page -> DealPage.of(page, texts));
    }

    @GET
    @Path("{id}")
    @Accesses(value = AccessAction.READ, purpose = "sales")
    @Operation(
            operationId = "getDeal",
            summary = "Read one deal",
            description = "ETag is the version; send it as If-Match when you change or move the deal.")
    @APIResponse(
            responseCode = "200",
            description = "The deal",
            headers = @Header(name = "ETag", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = DealView.class)))
    public Uni<RestResponse<DealView>> get(@RestPath UUID id) {
        boolean texts = PersonalDataRight.has(caller);
        return deals.get(id).map(deal -> EntityTags.tagged(DealView.of(deal, texts), deal.version()));
    }

    @PUT
    @Path("{id}")
    @RolesAllowed({Roles.ADMIN, Roles.SALES})
    @Accesses(value = AccessAction.CHANGE, purpose = "sales")
    @Operation(
            operationId = "replaceDeal",
            summary = "Change what a deal is about, or who is in charge",
            description = "The stage stays. 412 where somebody changed the deal since you read it.")
    public Uni<DealView> replace(
            @RestPath UUID id, @RestHeader("If-Match") @Nullable String version, @Valid @NotNull DealData body) {
        return deals.change(id, EntityTags.required(version), body).map(deal -> DealView.of(deal, true));
    }

    @POST
    @Path("{id}/moves")
    @RolesAllowed({Roles.ADMIN, Roles.SALES})
    @Accesses(value = AccessAction.CHANGE, purpose = "sales")
    @Operation(
            operationId = "moveDeal",
            summary = "Move a deal to another stage",
            description =
                    "Of its pipeline, on, back, to won or to lost. Nothing is done where it is there already. 409 where it is closed: "
                            + "reopen it. 412 where somebody changed the deal since you read it.")
    @APIResponse(
            responseCode = "200",
            description = "Where it is now",
            content = @Content(schema = @Schema(implementation = DealView.class)))
    public Uni<DealView> move(
            @RestPath UUID id, @RestHeader("If-Match") @Nullable String version, @Valid @NotNull MoveDeal body) {
        return deals.move(id, EntityTags.required(version), body, token.getSubject())
                .map(deal -> DealView.of(deal, true));
    }

    @POST
    @Path("{id}/reopenings")
    @RolesAllowed({Roles.ADMIN, Roles.SALES})
    @Accesses(value = AccessAction.CHANGE, purpose = "sales")
    @Operation(
            operationId = "reopenDeal",
            summary = "Reopen a deal that was won or lost",
            description =
                    "At an OPEN stage. 409 where it is open; 412 where somebody changed the deal since you read it.")
    @APIResponse(
            responseCode = "200",
            description = "Open again",
            content = @Content(schema = @Schema(implementation = DealView.class)))
    public Uni<DealView> reopen(
            @RestPath UUID id, @RestHeader("If-Match") @Nullable String version, @Valid @NotNull ReopenDeal body) {
        return deals.reopen(id, EntityTags.required(version), body.stageId(), token.getSubject())
                .map(deal -> DealView.of(deal, true));
    }

    @GET
    @Path("{id}/stays")
    @Operation(
            operationId = "listDealStays",
            summary = "List the stages where a deal has been, and for how long",
            description = "In the order in which they were; the last one is where it is.")
    public Uni<DealStayPage> stays(
            @RestPath UUID id,
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        return deals.stays(id, cursor, limit).map(page -> DealStayPage.of(page, deals.now()));
    }
}
