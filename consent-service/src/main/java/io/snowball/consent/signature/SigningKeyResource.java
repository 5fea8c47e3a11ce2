package io.snowball.consent.signature;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.signature.SigningKeyApi.ConsentJwk;
import io.snowball.consent.signature.SigningKeyApi.ConsentKeys;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/consent-keys")
@Produces("application/json")
@Tag(name = "Signatures", description = "What seals, receipts and proofs can be checked with")
class SigningKeyResource {
    private final SigningKeys keys;

    SigningKeyResource(SigningKeys keys) {
        this.keys = keys;
    }

    @GET
    @PermitAll
    @Operation(
            operationId = "listConsentKeys",
            summary = "The public keys of all that was ever signed",
            description = "A JSON Web Key Set. Keep a copy somewhere else: it is what the past is checked with.")
    public Uni<ConsentKeys> list() {
        return keys.all()
                .map(all -> new ConsentKeys(all.stream().map(ConsentJwk::of).toList()));
    }
}
