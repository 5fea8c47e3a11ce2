package io.snowball.gateway.token;

import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.snowball.gateway.GatewayConfig;
import io.snowball.gateway.login.Logins;
import io.snowball.gateway.login.User;
import io.snowball.gateway.login.Users;
import io.snowball.gateway.secondfactor.SecondFactors;
import io.snowball.gateway.token.SecondFactorApi.BeginSecondFactor;
import io.snowball.gateway.token.SecondFactorApi.ConfirmSecondFactor;
import io.snowball.gateway.token.SecondFactorApi.ProveSecondFactor;
import io.snowball.gateway.token.SecondFactorApi.SecondFactorBegun;
import io.snowball.gateway.token.SecondFactorApi.SecondFactorConfirmed;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.vertx.core.http.HttpServerRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

@Path("/api/v1/second-factor")
@Produces("application/json")
@Tag(name = "Sessions")
@Authenticated
class SecondFactorResource {
    private final Logins logins;
    private final Users users;
    private final SecondFactors factors;
    private final SecurityIdentity identity;
    private final boolean closed;

    SecondFactorResource(
            Logins logins, Users users, SecondFactors factors, SecurityIdentity identity, GatewayConfig config) {
        this.logins = logins;
        this.users = users;
        this.factors = factors;
        this.identity = identity;
        this.closed = config.oidc().issuer().isPresent();
    }

    @POST
    @Accesses(value = AccessAction.ROLE_CHANGE, purpose = "second-factor")
    @Operation(
            operationId = "beginSecondFactor",
            summary = "Set up your second factor",
            description =
                    "Gives the secret for an app that shows codes by RFC 6238, once. It counts when confirmed by a code. 401"
                            + " wrong-credentials; 409 second-factor-exists.")
    @APIResponse(
            responseCode = "201",
            description = "Begun",
            content = @Content(schema = @Schema(implementation = SecondFactorBegun.class)))
    public Uni<RestResponse<SecondFactorBegun>> begin(
            @Valid @NotNull BeginSecondFactor body, @Context HttpServerRequest request) {
        Caller caller = own();
        return logins.confirm(
                        caller.login(), body.password(), request.remoteAddress().hostAddress())
                .chain(user -> factors.begin(user.id(), user.login()))
                .map(begun -> created(new SecondFactorBegun(begun.secret(), begun.uri())));
    }

    @POST
    @Path("confirmations")
    @Accesses(value = AccessAction.ROLE_CHANGE, purpose = "second-factor")
    @Operation(
            operationId = "confirmSecondFactor",
            summary = "Confirm your second factor by its first code",
            description =
                    "From now on signing in asks for a code. Gives codes for when the telephone is gone, once. 400"
                            + " wrong-first-code; 409 second-factor-not-begun.")
    @APIResponse(
            responseCode = "201",
            description = "Confirmed",
            content = @Content(schema = @Schema(implementation = SecondFactorConfirmed.class)))
    public Uni<RestResponse<SecondFactorConfirmed>> confirm(@Valid @NotNull ConfirmSecondFactor body) {
        UUID id = UUID.fromString(own().id());
        return factors.confirm(id, body.code())
                .invoke(() -> users.changed(id))
                .map(codes -> created(new SecondFactorConfirmed(codes)));
    }

    @POST
    @Path("replacements")
    @Accesses(value = AccessAction.ROLE_CHANGE, purpose = "second-factor")
    @Operation(
            operationId = "replaceSecondFactor",
            summary = "Begin to replace your second factor",
            description =
                    "For a new telephone. The one of now counts until the new one is confirmed by its first code; then it and its"
                            + " recovery codes are good no longer. 401 wrong-credentials, wrong-second-factor; 409 no-second-factor.")
    @APIResponse(
            responseCode = "201",
            description = "Begun",
            content = @Content(schema = @Schema(implementation = SecondFactorBegun.class)))
    public Uni<RestResponse<SecondFactorBegun>> replace(
            @Valid @NotNull ProveSecondFactor body, @Context HttpServerRequest request) {
        return proven(body, request)
                .chain(user -> factors.beginNext(user.id(), user.login()))
                .map(begun -> created(new SecondFactorBegun(begun.secret(), begun.uri())));
    }

    @POST
    @Path("recovery-codes")
    @Accesses(value = AccessAction.ROLE_CHANGE, purpose = "second-factor")
    @Operation(
            operationId = "renewRecoveryCodes",
            summary = "Make new recovery codes",
            description =
                    "Those of before are good no longer. 401 wrong-credentials, wrong-second-factor; 409 no-second-factor.")
    @APIResponse(
            responseCode = "201",
            description = "Made",
            content = @Content(schema = @Schema(implementation = SecondFactorConfirmed.class)))
    public Uni<RestResponse<SecondFactorConfirmed>> renewRecoveryCodes(
            @Valid @NotNull ProveSecondFactor body, @Context HttpServerRequest request) {
        return proven(body, request)
                .chain(user -> factors.renewRecoveryCodes(user.id()))
                .map(codes -> created(new SecondFactorConfirmed(codes)));
    }

    private Uni<User> proven(ProveSecondFactor body, HttpServerRequest request) {
        return logins.confirm(
                own().login(),
                body.password(),
                body.code(),
                request.remoteAddress().hostAddress());
    }

    private Caller own() {
        if (closed) {
            throw TokenProblem.LOGIN_AT_PROVIDER.with("The provider asks its users for a second factor");
        }
        return Caller.of(identity).orElseThrow();
    }

    private static <T> RestResponse<T> created(T view) {
        return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, view)
                .header("Cache-Control", "no-store")
                .build();
    }
}
