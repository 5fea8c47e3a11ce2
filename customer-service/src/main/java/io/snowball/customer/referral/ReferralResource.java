package io.snowball.customer.referral;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.referral.ReferralApi.CreateReferral;
import io.snowball.customer.referral.ReferralApi.CreateReferralCode;
import io.snowball.customer.referral.ReferralApi.ReferralCodeList;
import io.snowball.customer.referral.ReferralApi.ReferralCodeView;
import io.snowball.customer.referral.ReferralApi.ReferralPage;
import io.snowball.customer.referral.ReferralApi.ReferralView;
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
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.UUID;
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

@Path("/api/v1")
@Produces("application/json")
@Tag(name = "Loyalty")
class ReferralResource {
    private final Referrals referrals;
    private final Idempotency idempotency;

    ReferralResource(Referrals referrals, Idempotency idempotency) {
        this.referrals = referrals;
        this.idempotency = idempotency;
    }

    @POST
    @Path("referral-codes")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.SALES, Roles.PARTNER, Roles.SERVICE})
    @Accesses(value = AccessAction.CHANGE, purpose = "loyalty")
    @Operation(
            operationId = "createReferralCode",
            summary = "Give a customer a code to invite others with",
            description = "A customer can have several; each is one customer's.")
    @APIResponse(
            responseCode = "201",
            description = "Stored",
            headers = @Header(name = "Location", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = ReferralCodeView.class)))
    public Uni<RestResponse<ReferralCodeView>> createCode(
            @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull CreateReferralCode body) {
        return idempotency.once(
                "createReferralCode",
                key,
                body,
                ReferralCodeView.class,
                tx -> referrals
                        .addCode(tx, body.customerId(), body.code())
                        .map(ReferralCodeView::of)
                        .map(view -> Reply.created("/api/v1/referral-codes?customerId=" + view.customerId(), view)));
    }

    @GET
    @Path("referral-codes")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.SALES, Roles.DPO, Roles.PARTNER, Roles.SERVICE})
    @Accesses(value = AccessAction.READ, purpose = "loyalty")
    @Operation(
            operationId = "listReferralCodes",
            summary = "List the codes of a customer",
            description = "The oldest first; at most 100.")
    public Uni<ReferralCodeList> codes(
            @RestQuery @NotNull @Parameter(description = "Whose", example = "01890a5d-ac96-774b-bcce-b302099a8057")
                    UUID customerId) {
        return referrals
                .codes(customerId)
                .map(codes -> new ReferralCodeList(
                        codes.stream().map(ReferralCodeView::of).toList()));
    }

    @POST
    @Path("referrals")
    @RolesAllowed({Roles.ADMIN, Roles.SALES, Roles.PARTNER, Roles.SERVICE})
    @Accesses(value = AccessAction.CHANGE, purpose = "loyalty")
    @Operation(
            operationId = "createReferral",
            summary = "Tell that a customer was invited",
            description =
                    "409 for one's own code, a circle however long, a second invitation, and whoever has bought before. Both are rewarded "
                            + "after the first paid order, by the rules with trigger REFERRAL.")
    @APIResponse(
            responseCode = "201",
            description = "Stored",
            headers = @Header(name = "Location", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = ReferralView.class)))
    public Uni<RestResponse<ReferralView>> create(
            @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull CreateReferral body) {
        return idempotency.once(
                "createReferral",
                key,
                body,
                ReferralView.class,
                tx -> referrals
                        .invite(tx, body.code(), body.customerId())
                        .map(ReferralView::of)
                        .map(view -> Reply.created("/api/v1/referrals/" + view.id(), view)));
    }

    @GET
    @Path("referrals/{id}")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.DPO, Roles.PARTNER, Roles.SERVICE})
    @Accesses(value = AccessAction.READ, purpose = "loyalty")
    @Operation(
            operationId = "getReferral",
            summary = "Read one invitation",
            description = "And whether it was rewarded.")
    public Uni<ReferralView> get(@RestPath UUID id) {
        return referrals.get(id).map(ReferralView::of);
    }

    @GET
    @Path("referrals")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.DPO, Roles.SERVICE})
    @Accesses(value = AccessAction.READ, purpose = "loyalty")
    @Operation(
            operationId = "listReferrals",
            summary = "List whom a customer has invited",
            description = "The last one first.")
    public Uni<ReferralPage> list(
            @RestQuery
                    @NotNull
                    @Parameter(description = "Who invited", example = "01890a5d-ac96-774b-bcce-b302099a8057")
                    UUID inviterId,
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        return referrals
                .list(inviterId, cursor, limit)
                .map(page -> page.map(ReferralView::of))
                .map(page -> new ReferralPage(page.items(), page.nextCursor()));
    }
}
