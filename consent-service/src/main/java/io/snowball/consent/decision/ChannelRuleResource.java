package io.snowball.consent.decision;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.decision.StopApi.ChannelRule;
import io.snowball.consent.decision.StopApi.ChannelRuleList;
import io.snowball.consent.decision.StopApi.CreateChannelRule;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/channel-rules")
@Produces("application/json")
@Tag(name = "Stop-lists")
class ChannelRuleResource {
    private final ChannelRules rules;
    private final JsonWebToken caller;

    ChannelRuleResource(ChannelRules rules, JsonWebToken caller) {
        this.rules = rules;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.DPO, Roles.MARKETER})
    @Operation(
            operationId = "listChannelRules",
            summary = "What may go over which channel, from when on",
            description = """
                    Of each channel and scope the latest rule in effect counts; a channel without a rule is permitted. The first \
                    rules are ours: advertising by WhatsApp and Viber is off, by Telegram off from 2027, MAX waits for your \
                    contract.""")
    public Uni<ChannelRuleList> list() {
        return rules.list();
    }

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.DPO})
    @Accesses(value = AccessAction.TEXT_CHANGE, purpose = "consent-rules")
    @Operation(
            operationId = "createChannelRule",
            summary = "Add a rule",
            description = "From its day on it replaces the one before. Rules are never changed or deleted.")
    @APIResponse(
            responseCode = "201",
            description = "Added",
            content = @Content(schema = @Schema(implementation = ChannelRule.class)))
    public Uni<RestResponse<ChannelRule>> create(
            @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull CreateChannelRule body) {
        return rules.create(key, body, caller.getSubject());
    }
}
