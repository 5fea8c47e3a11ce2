package io.snowball.gateway.token;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.access.NoPersonalData;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirementsSet;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;

@Path("/.well-known/jwks.json")
@Produces("application/json")
@PermitAll
@Tag(name = "Sessions")
@NoPersonalData("Public keys")
class JwksResource {
    private final SigningKeys keys;

    JwksResource(SigningKeys keys) {
        this.keys = keys;
    }

    @GET
    @SecurityRequirementsSet
    @Operation(
            operationId = "getSigningKeys",
            summary = "The public keys of our tokens",
            description = "A JSON Web Key Set (RFC 7517), for whoever else wants to check them.")
    @APIResponse(
            responseCode = "200",
            description = "The keys",
            content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
    public Uni<String> keys() {
        return keys.all()
                .map(all -> new JsonWebKeySet(List.copyOf(all)).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY));
    }
}
