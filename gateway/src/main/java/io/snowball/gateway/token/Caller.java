package io.snowball.gateway.token;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.snowball.platform.access.AccessActor;
import io.vertx.ext.web.RoutingContext;
import java.security.Principal;
import java.util.Optional;
import java.util.Set;

/** Who is at the door, checked. */
public record Caller(String id, String login, Set<String> roles) implements Principal, AccessActor {
    @Override
    public String getName() {
        return login;
    }

    public static Optional<Caller> of(RoutingContext context) {
        return context.user() instanceof QuarkusHttpUser user ? of(user.getSecurityIdentity()) : Optional.empty();
    }

    static Optional<Caller> of(SecurityIdentity identity) {
        return identity.getPrincipal() instanceof Caller caller ? Optional.of(caller) : Optional.empty();
    }
}
