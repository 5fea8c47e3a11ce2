package io.snowball.consent.proof;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.consent.Channel;
import io.snowball.consent.proof.Proofs.Question;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/consent-proofs")
@Produces("application/zip")
@Tag(name = "Proofs", description = "For a court or an inspector")
class ProofResource {
    private final Proofs proofs;
    private final Clock clock;

    ProofResource(Proofs proofs, Clock clock) {
        this.proofs = proofs;
        this.clock = clock;
    }

    @GET
    @Path("{customerId}")
    @RolesAllowed({Roles.ADMIN, Roles.DPO})
    @Accesses(value = AccessAction.EXPORT, purpose = "proof")
    @Operation(
            operationId = "getConsentProof",
            summary = "What proves a person's consents over a channel at a moment",
            description = """
                    A ZIP: who, what text, when, how identified, what came after (152-FZ art. 9 p. 3, 38-FZ art. 18). It verifies \
                    without us: java VerifyProof.java proof.zip. Events of the last hour may not be sealed yet.""")
    @APIResponse(
            responseCode = "200",
            description = "The package",
            content =
                    @Content(
                            mediaType = "application/zip",
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Uni<RestResponse<byte[]>> get(
            @RestPath UUID customerId,
            @RestQuery @NotNull Channel channel,
            @RestQuery @Parameter(description = "Absent: now") @Nullable Instant at) {
        Question question = new Question(customerId, channel, Objects.requireNonNullElse(at, clock.instant()));
        return proofs.proof(question)
                .map(zip -> RestResponse.ResponseBuilder.ok(zip)
                        .header("Content-Disposition", "attachment; filename=\"consent-proof.zip\"")
                        .build());
    }
}
