package io.snowball.consent.legacy;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.consent.Channel;
import io.snowball.consent.document.ConsentType;
import io.snowball.consent.document.PurposeApi;
import io.snowball.consent.legacy.LegacyConsentApi.LegacyConsentCounts;
import io.snowball.consent.legacy.LegacyConsentApi.LegacyConsentPage;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/legacy-consents")
@Produces("application/json")
@Tag(name = "Consents")
@RolesAllowed({Roles.ADMIN, Roles.DPO, Roles.MARKETER, Roles.SERVICE})
class LegacyConsentResource {
    private final LegacyConsents legacy;

    LegacyConsentResource(LegacyConsents legacy) {
        this.legacy = legacy;
    }

    @GET
    @Accesses(value = AccessAction.SEARCH, purpose = "re-consent")
    @Operation(
            operationId = "listLegacyConsents",
            summary = "Who agreed only inside another document",
            description = """
                    The ids of those to ask anew, a page at a time: their last word was a consent from before 01.09.2025 that did not \
                    stand apart. A consent of the new kind takes them off the list.""")
    public Uni<LegacyConsentPage> list(
            @RestQuery
                    @NotNull
                    @Pattern(regexp = PurposeApi.CODE)
                    @Parameter(description = "What they agreed to: the code of a purpose", example = "marketing")
                    String purpose,
            @RestQuery @DefaultValue("EMAIL") Channel channel,
            @RestQuery @DefaultValue("ADVERTISING") ConsentType type,
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        return legacy.list(new LegacyConsents.Kind(purpose, channel, type), limit, cursor);
    }

    @GET
    @Path("counts")
    @Operation(
            operationId = "countLegacyConsents",
            summary = "How many agreed only inside another document",
            description = "By purpose, channel and type of consent.")
    public Uni<LegacyConsentCounts> counts() {
        return legacy.counts();
    }
}
