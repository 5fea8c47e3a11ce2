package io.snowball.gateway.secondfactor;

import io.snowball.gateway.GatewayConfig;
import io.snowball.platform.SnowballConfig;
import io.snowball.platform.security.Roles;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Of whom a second factor is required. An installation that is reached on this machine only asks nobody, unless told to. */
@ApplicationScoped
public class SecondFactorRule {
    private static final String NOBODY = "none";
    private static final Set<String> ROLES =
            Set.of(Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.DPO, Roles.PARTNER);
    private static final Set<String> BY_DEFAULT = Set.of(Roles.ADMIN, Roles.DPO);

    private final Set<String> roles;

    SecondFactorRule(SnowballConfig snowball, GatewayConfig config) {
        this.roles = roles(config.login().secondFactorRoles(), snowball.publicUrl());
    }

    public boolean isRequiredOf(Collection<String> rolesOfUser) {
        return rolesOfUser.stream().anyMatch(roles::contains);
    }

    static Set<String> roles(Optional<List<String>> set, String publicUrl) {
        if (set.isEmpty()) {
            return isThisMachine(publicUrl) ? Set.of() : BY_DEFAULT;
        }
        Set<String> named = new HashSet<>(set.get());
        named.remove(NOBODY);
        for (String role : named) {
            if (!ROLES.contains(role)) {
                throw new IllegalArgumentException("GATEWAY_LOGIN_SECOND_FACTOR_ROLES has " + role
                        + ", which is no role: list roles with commas, or say none");
            }
        }
        return named;
    }

    private static boolean isThisMachine(String publicUrl) {
        String host = URI.create(publicUrl).getHost();
        return host != null
                && (host.equals("localhost")
                        || host.endsWith(".localhost")
                        || host.startsWith("127.")
                        || host.equals("[::1]"));
    }
}
