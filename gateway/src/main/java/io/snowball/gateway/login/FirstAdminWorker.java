package io.snowball.gateway.login;

import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.snowball.gateway.GatewayConfig;
import io.snowball.platform.id.Ids;
import io.snowball.platform.problem.ProblemException;
import io.snowball.platform.security.Roles;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the first admin when nobody is there yet: on the thread that starts the gateway, so that whoever finds it ready can sign
 * in. Where the database does not answer the door opens all the same, because unsubscribing needs none of ours, and this goes
 * on trying.
 */
@ApplicationScoped
class FirstAdminWorker {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final UserSql users;
    private final Passwords passwords;
    private final GatewayConfig config;
    private final Clock clock;
    private @Nullable Thread trying;

    FirstAdminWorker(UserSql users, Passwords passwords, GatewayConfig config, Clock clock) {
        this.users = users;
        this.passwords = passwords;
        this.config = config;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        if (config.oidc().issuer().isEmpty() && !settled()) {
            Log.warn("The database does not answer: until it does nobody can sign in; public links work");
            trying = Thread.ofVirtual().name("first-admin").start(this::goOnTrying);
        }
    }

    private void goOnTrying() {
        try {
            while (!settled()) {
                Thread.sleep(PAUSE);
            }
            Log.info("The database answers");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException refused) {
            // At the start this ends the gateway; now it must not take the public links with it.
            Log.error("Nobody can sign in", refused);
        }
    }

    /** @return false where the database could not be asked */
    private boolean settled() {
        try {
            if (users.isEmpty().await().atMost(PATIENCE)) {
                config.admin()
                        .password()
                        .ifPresentOrElse(
                                this::create,
                                () -> Log.warn(
                                        "Nobody can sign in: set GATEWAY_ADMIN_LOGIN and GATEWAY_ADMIN_PASSWORD and start again"));
            }
            return true;
        } catch (ProblemException refused) {
            String reason = refused.errors().getFirst().detail();
            throw new IllegalStateException("GATEWAY_ADMIN_PASSWORD can't be used. " + reason, refused);
        } catch (RuntimeException failure) {
            Log.debugf("The database could not be asked for users: %s", failure);
            return false;
        }
    }

    private void create(String password) {
        String login = config.admin().login().toLowerCase(Locale.ROOT);
        PasswordPolicy.check(login, password);
        Instant now = clock.instant();
        User admin = new User(Ids.next(), login, Set.of(Roles.ADMIN), false, 1, false, now, now);
        users.insertIfNew(admin, passwords.hashNow(password)).await().atMost(PATIENCE);
        Log.infof("Created the first admin, userId=%s", admin.id());
    }

    @PreDestroy
    void stop() {
        if (trying != null) {
            trying.interrupt();
        }
    }
}
