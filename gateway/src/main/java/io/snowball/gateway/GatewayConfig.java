package io.snowball.gateway;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The gateway's settings; {@code gateway.admin.password} is {@code GATEWAY_ADMIN_PASSWORD} in the environment. */
@ConfigMapping(prefix = "gateway")
public interface GatewayConfig {
    Admin admin();

    Login login();

    Oidc oidc();

    Limits limits();

    /** How long a connection to a sibling may be silent, in both directions, before the caller is told that it is down. */
    @WithDefault("PT1M")
    Duration timeout();

    /** The first user; made when there is none, and never touched again. */
    interface Admin {
        @WithDefault("admin")
        String login();

        Optional<String> password();
    }

    interface Login {
        @WithDefault("PT8H")
        Duration tokenLife();

        /** So many wrong passwords in a row, from one address, lock the account for it (order 21 of FSTEC, measure UPD.6). */
        @WithDefault("5")
        int failuresMax();

        @WithDefault("PT15M")
        Duration lockedFor();

        /** So many wrong passwords from one address, whoever the logins belong to, lock it out for the same time. */
        @WithDefault("100")
        int sourceFailuresMax();

        /**
         * So many wrong passwords for one login from addresses that never signed in with it, all of them together, lock it for such
         * addresses for the same time. Those that have signed in with it before are let in as ever: nobody can be kept out from there.
         */
        @WithDefault("50")
        int strangerFailuresMax();

        /**
         * Argon2id in KiB, with 2 rounds: the first choice of OWASP's sheet. Less is for tests only; more makes guessing, and
         * signing in, take longer.
         */
        @WithDefault("19456")
        int hashMemory();

        /**
         * The roles whose users need a second factor, or {@code none}. Absent: admin and dpo, unless the public address is this machine
         * itself.
         */
        Optional<List<String>> secondFactorRoles();

        /** What the secrets of second factors are encrypted by; absent: a key derived from the internal one. */
        Optional<String> secondFactorKey();
    }

    /** With an issuer only its tokens are accepted, and the gateway's own login is closed. */
    interface Oidc {
        Optional<String> issuer();

        @WithDefault("snowball")
        String audience();

        /** Where in the token the roles are; the first path that is there counts. Steps are parted by slashes. */
        @WithDefault("realm_access/roles,groups")
        List<String> rolesClaims();

        /** Without a rotation that we notice by an unknown key id, keys are read again after this. */
        @WithDefault("PT10M")
        Duration keysKept();
    }

    interface Limits {
        @WithDefault("10M")
        MemorySize body();

        /** How long it may take from its first byte to its last. */
        @WithDefault("PT1M")
        Duration bodyTime();

        @WithDefault("4G")
        MemorySize importBody();

        @WithDefault("PT6H")
        Duration importBodyTime();

        /** Of what anybody may send: signing in, and the one-click form behind a link. */
        @WithDefault("PT10S")
        Duration publicBodyTime();

        /** Requests a second to /w/events from one address, and ten times as many at once. Each replica counts for itself. */
        @WithDefault("50")
        @Min(1)
        @Max(1_000_000)
        int webEventsByAddress();

        /** The same of one visitor, wherever from; a request has up to 20 events. */
        @WithDefault("5")
        @Min(1)
        @Max(1_000_000)
        int webEventsByVisitor();
    }
}
