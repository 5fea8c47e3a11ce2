package io.snowball.customer.loyalty;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.loyalty.RuleApi.CreateLoyaltyRule;
import io.snowball.customer.loyalty.RuleApi.LoyaltyRulePage;
import io.snowball.customer.loyalty.RuleApi.LoyaltyRuleView;
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
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
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
class LoyaltyRuleResource {
    private final Rules rules;
    private final Idempotency idempotency;
    private final JsonWebToken caller;

    LoyaltyRuleResource(Rules rules, Idempotency idempotency, JsonWebToken caller) {
        this.rules = rules;
        this.idempotency = idempotency;
        this.caller = caller;
    }

    @POST
    @Path("loyalty-rules")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER})
    @Operation(
            operationId = "createLoyaltyRule",
            summary = "Say for what points are given",
            description =
                    "For what happens in its time and is told, or changes, from now on. Each rule gives once for one order, event, "
                            + "registration or referral, however often that is told; an order that changes or comes back changes what it gave.")
    @APIResponse(
            responseCode = "201",
            description = "Stored",
            headers = @Header(name = "Location", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = LoyaltyRuleView.class)))
    public Uni<RestResponse<LoyaltyRuleView>> create(
            @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull CreateLoyaltyRule body) {
        return idempotency.once(
                "createLoyaltyRule",
                key,
                body,
                LoyaltyRuleView.class,
                tx -> rules.create(tx, body.toRule(rules.now()), caller.getSubject())
                        .map(LoyaltyRuleView::of)
                        .map(view -> Reply.created("/api/v1/loyalty-rules/" + view.id(), view)));
    }

    @GET
    @Path("loyalty-rules")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.PARTNER, Roles.SERVICE})
    @Operation(
            operationId = "listLoyaltyRules",
            summary = "List for what points are given",
            description = "The newest first, those that ended too.")
    public Uni<LoyaltyRulePage> list(
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        return rules.list(cursor, limit)
                .map(page -> page.map(LoyaltyRuleView::of))
                .map(page -> new LoyaltyRulePage(page.items(), page.nextCursor()));
    }

    @GET
    @Path("loyalty-rules/{id}")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.PARTNER, Roles.SERVICE})
    @Operation(operationId = "getLoyaltyRule", summary = "Read one rule", description = "Also one that has ended.")
    public Uni<LoyaltyRuleView> get(@RestPath UUID id) {
        return rules.get(id).map(LoyaltyRuleView::of);
    }

    @POST
    @Path("loyalty-rules/{id}/ends")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER})
    @Operation(
            operationId = "endLoyaltyRule",
            summary = "End a rule",
            description = "What it gave stays given, and is still taken back for orders that come back.")
    @APIResponse(
            responseCode = "200",
            description = "Ended",
            content = @Content(schema = @Schema(implementation = LoyaltyRuleView.class)))
    public Uni<LoyaltyRuleView> end(@RestPath UUID id) {
        return rules.end(id).map(LoyaltyRuleView::of);
    }
}
