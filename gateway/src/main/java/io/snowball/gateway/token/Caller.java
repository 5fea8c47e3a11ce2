package io.snowball.gateway.token;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.snowball.platform.access.AccessActor;
import io.vertx.ext.web.RoutingContext;
import java.security.Principal;
import java.util.Optional;
import java.util.Set;

/**
 * Who is at the door, checked.
 *
 * @param secondFactorDue the user's role needs a second factor and there is none yet: until it is set up the user has no role
 */
public record Caller(String id, String login, Set<String> roles, boolean secondFactorDue)
        implements Principal, AccessActor {
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
