package io.snowball.gateway.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.snowball.platform.access.NoPersonalData;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirementsSet;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

@Path("/api/v1/openapi")
@PermitAll
@ApplicationScoped
@Tag(name = "Contract", description = "What this API promises")
@NoPersonalData("The contract of the API")
class ContractResource {
    private static final String YAML = "application/yaml";
    private static final String JSON = "application/json";

    private final String yaml;
    private final String json;

    ContractResource() {
        JsonNode document = JoinedContract.of(ContractFiles.onClassPath());
        this.yaml = ContractFiles.write(document);
        this.json = document.toString();
    }

    @GET
    @Produces({YAML, JSON})
    @SecurityRequirementsSet
    @Operation(
            operationId = "getContract",
            summary = "This document",
            description = "OpenAPI 3.0.3, YAML unless Accept asks for application/json. Generate your client from it.")
    @APIResponse(
            responseCode = "200",
            description = "The contract of everything that goes through the door",
            content = {
                @Content(mediaType = YAML, schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = JSON, schema = @Schema(type = SchemaType.OBJECT))
            })
    public RestResponse<String> contract(@Context HttpHeaders headers) {
        boolean wantsJson = headers.getAcceptableMediaTypes().stream()
                .filter(type -> !type.isWildcardType())
                .findFirst()
                .filter(MediaType.APPLICATION_JSON_TYPE::isCompatible)
                .isPresent();
        return RestResponse.ResponseBuilder.ok(wantsJson ? json : yaml)
                .header(HttpHeaders.CONTENT_TYPE, wantsJson ? JSON : YAML)
                .build();
    }
}
