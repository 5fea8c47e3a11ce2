package io.snowball.gateway.login;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.snowball.gateway.login.UserApi.CreateUser;
import io.snowball.gateway.login.UserApi.UpdateUser;
import io.snowball.gateway.login.UserApi.UserPage;
import io.snowball.gateway.login.UserApi.UserView;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.AccessActor;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/users")
@Produces("application/json")
@RolesAllowed(Roles.ADMIN)
@Tag(name = "Users", description = "Who may sign in, and as what; for admins")
class UserResource {
    private final Users users;
    private final SecurityIdentity identity;

    UserResource(Users users, SecurityIdentity identity) {
        this.identity = identity;
        this.users = users;
    }

    @POST
    @Accesses(value = AccessAction.ROLE_CHANGE, purpose = "administration")
    @Operation(
            operationId = "createUser",
            summary = "Create a user",
            description = "The user can sign in at once. 409 login-taken where the login is there already.")
    @APIResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(schema = @Schema(implementation = UserView.class)))
    public Uni<RestResponse<UserView>> create(
            @Parameter(description = "A new UUID; the same when you repeat") @RestHeader("Idempotency-Key") @Nullable
                    UUID key,
            @Valid @NotNull CreateUser body) {
        return users.create(key, body);
    }

    @GET
    @Accesses(value = AccessAction.READ, purpose = "administration")
    @Operation(operationId = "listUsers", summary = "List the users", description = "In the order they were created.")
    public Uni<UserPage> list(
            @Parameter(description = "How many at most") @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT)
                    int limit,
            @Parameter(description = "nextCursor of the page before") @RestQuery @Nullable String cursor) {
        return users.list(limit, cursor).map(UserPage::of);
    }

    @GET
    @Path("{id}")
    @Accesses(value = AccessAction.READ, purpose = "administration")
    @Operation(operationId = "getUser", summary = "Read one user", description = "The password is never shown.")
    public Uni<UserView> get(@RestPath UUID id) {
        return users.get(id).map(UserView::of);
    }

    @PATCH
    @Path("{id}")
    @Accesses(value = AccessAction.ROLE_CHANGE, purpose = "administration")
    @Operation(
            operationId = "updateUser",
            summary = "Change roles, disable, or set a new password",
            description =
                    "What is absent stays as it is. Roles and disabling take effect within a minute. 409 last-admin"
                            + " where nobody could administer users any more.")
    public Uni<UserView> update(@RestPath UUID id, @Valid @NotNull UpdateUser body) {
        return users.update(id, body).map(UserView::of);
    }

    @DELETE
    @Path("{id}/second-factor")
    @ResponseStatus(204)
    @Accesses(value = AccessAction.ROLE_CHANGE, purpose = "administration")
    @Operation(
            operationId = "resetSecondFactor",
            summary = "Take away a user's second factor",
            description =
                    "For who has lost the telephone and the recovery codes: make sure that it is they who ask. Their sessions end; with"
                            + " the password alone they can then set up a new one. 409 own-second-factor for your own.")
    public Uni<Void> resetSecondFactor(@RestPath UUID id) {
        String by = identity.getPrincipal() instanceof AccessActor actor ? actor.id() : "";
        return users.resetSecondFactor(id, by);
    }
}
