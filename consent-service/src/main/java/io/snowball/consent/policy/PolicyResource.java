package io.snowball.consent.policy;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.policy.PolicyApi.PolicyVersionList;
import io.snowball.consent.policy.PolicyApi.PolicyVersionView;
import io.snowball.consent.policy.PolicyApi.PublishPolicy;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
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
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/policies/{language}/versions")
@Produces("application/json")
@Tag(name = "Policy", description = "The policy on personal data, in versions that never change")
class PolicyResource {
    private final Policies policies;
    private final JsonWebToken caller;

    PolicyResource(Policies policies, JsonWebToken caller) {
        this.policies = policies;
        this.caller = caller;
    }

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.DPO})
    @Accesses(value = AccessAction.TEXT_CHANGE, purpose = "policy")
    @Operation(
            operationId = "publishPolicyVersion",
            summary = "Publish a version of the policy in one language",
            description =
                    "The page /p/policy shows it from the day on that it takes effect; the versions before stay readable here. The law paper POLICY is a draft to begin with.")
    @APIResponse(
            responseCode = "201",
            description = "Published",
            content = @Content(schema = @Schema(implementation = PolicyVersionView.class)))
    public Uni<RestResponse<PolicyVersionView>> publish(
            @RestPath @Pattern(regexp = PolicyApi.LANGUAGE) String language,
            @RestHeader("Idempotency-Key") @Nullable UUID key,
            @Valid @NotNull PublishPolicy body) {
        return policies.publish(language, key, body, caller.getSubject());
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.DPO, Roles.MARKETER, Roles.PARTNER, Roles.SERVICE})
    @Operation(
            operationId = "listPolicyVersions",
            summary = "The versions of the policy in one language, newest first",
            description = "Without their texts.")
    public Uni<PolicyVersionList> list(@RestPath @Pattern(regexp = PolicyApi.LANGUAGE) String language) {
        return policies.list(language);
    }

    @GET
    @Path("{version}")
    @RolesAllowed({Roles.ADMIN, Roles.DPO, Roles.MARKETER, Roles.PARTNER, Roles.SERVICE})
    @Operation(
            operationId = "getPolicyVersion",
            summary = "Read one version of the policy",
            description = "To the letter as it was published; sha256 is taken over its UTF-8.")
    public Uni<PolicyVersionView> get(
            @RestPath @Pattern(regexp = PolicyApi.LANGUAGE) String language, @RestPath int version) {
        return policies.get(language, version);
    }
}
