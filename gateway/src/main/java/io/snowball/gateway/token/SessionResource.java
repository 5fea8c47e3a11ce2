package io.snowball.gateway.token;

import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.snowball.gateway.GatewayConfig;
import io.snowball.gateway.login.Logins;
import io.snowball.gateway.login.User;
import io.snowball.gateway.token.SessionApi.CreateSession;
import io.snowball.gateway.token.SessionApi.CurrentSessionView;
import io.snowball.gateway.token.SessionApi.SessionView;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.AccessNotes;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.access.NoPersonalData;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirementsSet;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

@Path("/api/v1/sessions")
@Produces("application/json")
@Tag(name = "Sessions", description = "Signing in")
class SessionResource {
    private final Logins logins;
    private final OwnTokens tokens;
    private final SecurityIdentity identity;
    private final boolean closed;
    private final AccessNotes notes;

    SessionResource(
            Logins logins, OwnTokens tokens, SecurityIdentity identity, GatewayConfig config, AccessNotes notes) {
        this.notes = notes;
        this.logins = logins;
        this.tokens = tokens;
        this.identity = identity;
        this.closed = config.oidc().issuer().isPresent();
    }

    @POST
    @PermitAll
    @SecurityRequirementsSet
    @Accesses(value = AccessAction.LOGIN, purpose = "sign-in")
    @Operation(
            operationId = "createSession",
            summary = "Sign in with login and password",
            description =
                    "Answers the token that every other request carries. 401 wrong-credentials; 401"
                            + " second-factor-required and wrong-second-factor where there is a second factor; 429 account-locked with"
                            + " Retry-After after too many wrong passwords from this address, or from many addresses where this one has"
                            + " not signed in with the login before; 403 login-at-provider where an OpenID Connect provider is set.")
    @APIResponse(
            responseCode = "201",
            description = "Signed in",
            content = @Content(schema = @Schema(implementation = SessionView.class)))
    public Uni<RestResponse<SessionView>> create(
            @Valid @NotNull CreateSession body, @Context HttpServerRequest request) {
        if (closed) {
            throw TokenProblem.LOGIN_AT_PROVIDER.with("This installation takes the tokens of its provider only");
        }
        notes.searched(body.login());
        return logins.check(
                        body.login(),
                        body.password(),
                        body.code(),
                        request.remoteAddress().hostAddress())
                .invoke(user -> notes.actor(user.id().toString()))
                .chain(user -> tokens.issue(user).map(token -> created(user, token)));
    }

    @GET
    @Path("current")
    @NoPersonalData("Tells a user of the system who they are themselves")
    @Authenticated
    @Operation(
            operationId = "getCurrentSession",
            summary = "Who am I",
            description = "Whose token this is and what the user may do, as of now.")
    public CurrentSessionView current() {
        Caller caller = Caller.of(identity).orElseThrow();
        return new CurrentSessionView(
                caller.id(), caller.login(), caller.roles(), caller.secondFactorDue() ? Boolean.TRUE : null);
    }

    private RestResponse<SessionView> created(User user, String token) {
        boolean due = tokens.isSecondFactorDue(user);
        SessionView view = new SessionView(
                token, "Bearer", tokens.life().toSeconds(), due ? Set.of() : user.roles(), due ? Boolean.TRUE : null);
        return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, view)
                .header("Location", "/api/v1/sessions/current")
                .header("Cache-Control", "no-store")
                .build();
    }
}
