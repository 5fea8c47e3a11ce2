package io.snowball.consent.calling;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.calling.CallingApi.CallingNumberList;
import io.snowball.consent.calling.CallingApi.RegisterCallingNumber;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

@Path("/api/v1/calling-numbers")
@Produces("application/json")
@Tag(
        name = "Calls",
        description = "The numbers that you call from, and whether somebody may be called (126-FZ, 38-FZ art. 18)")
class CallingNumberResource {
    private static final String E164 = "\\+[1-9][0-9]{6,14}";

    private final CallingNumbers numbers;
    private final JsonWebToken caller;

    CallingNumberResource(CallingNumbers numbers, JsonWebToken caller) {
        this.numbers = numbers;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.DPO, Roles.MARKETER, Roles.SALES, Roles.SERVICE})
    @Operation(
            operationId = "listCallingNumbers",
            summary = "The numbers that you call from",
            description = "Those in use, and what they showed before.")
    public Uni<CallingNumberList> list() {
        return numbers.list();
    }

    @PUT
    @Path("{number}")
    @RolesAllowed({Roles.ADMIN, Roles.DPO})
    @Operation(
            operationId = "putCallingNumber",
            summary = "Register a number, or what it shows from now on",
            description =
                    "Label, category and contract as the operator of the number has them. What held before stays known.")
    public Uni<CallingNumber> put(
            @RestPath @Pattern(regexp = E164) @Parameter(description = "E.164", example = "+74950000000") String number,
            @Valid @NotNull RegisterCallingNumber body) {
        return numbers.put(number, body, caller.getSubject());
    }

    @DELETE
    @Path("{number}")
    @RolesAllowed({Roles.ADMIN, Roles.DPO})
    @Operation(
            operationId = "removeCallingNumber",
            summary = "Take a number out of use",
            description = "Nobody may be called from it any more. It stays known.")
    public Uni<Void> remove(
            @RestPath @Pattern(regexp = E164) @Parameter(description = "E.164", example = "+74950000000")
                    String number) {
        return numbers.remove(number);
    }
}
