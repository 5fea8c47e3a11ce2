package io.snowball.gateway.login;

import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.snowball.gateway.GatewayConfig;
import io.snowball.platform.id.Ids;
import io.snowball.platform.problem.ProblemException;
import io.snowball.platform.security.Roles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/** Makes the first admin when nobody is there yet. Runs on the thread that starts the gateway, before it answers. */
@ApplicationScoped
class FirstAdminWorker {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final UserSql users;
    private final GatewayConfig config;
    private final Clock clock;

    FirstAdminWorker(UserSql users, GatewayConfig config, Clock clock) {
        this.users = users;
        this.config = config;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        if (config.oidc().issuer().isPresent() || !users.isEmpty().await().atMost(PATIENCE)) {
            return;
        }
        config.admin()
                .password()
                .ifPresentOrElse(
                        this::create,
                        () -> Log.warn(
                                "Nobody can sign in: set GATEWAY_ADMIN_LOGIN and GATEWAY_ADMIN_PASSWORD and start again"));
    }

    private void create(String password) {
        String login = config.admin().login().toLowerCase(Locale.ROOT);
        try {
            PasswordPolicy.check(login, password);
        } catch (ProblemException refused) {
            String reason = refused.errors().getFirst().detail();
            throw new IllegalStateException("GATEWAY_ADMIN_PASSWORD can't be used. " + reason, refused);
        }
        Instant now = clock.instant();
        User admin = new User(Ids.next(), login, Set.of(Roles.ADMIN), false, 1, now, now);
        users.insertIfNew(admin, Passwords.hashNow(password)).await().atMost(PATIENCE);
        Log.infof("Created the first admin, userId=%s", admin.id());
    }
}
