package io.snowball.gateway.login;

import io.snowball.platform.security.Roles;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * @param tokenVersion tokens of another version are refused: a new password or being disabled counts it up
 * @param secondFactor signing in asks for a code too
 */
public record User(
        UUID id,
        String login,
        Set<String> roles,
        boolean disabled,
        int tokenVersion,
        boolean secondFactor,
        Instant createdAt,
        Instant changedAt) {

    /** What a person can be. {@code service} is not among them: with it one could pass for a sibling. */
    public static final Set<String> ASSIGNABLE_ROLES =
            Set.of(Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.DPO, Roles.PARTNER);
}
