package io.snowball.platform.security;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.jwt.build.Jwt;
import io.snowball.platform.SnowballConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The token that services accept: HS256 under the key that they share. The gateway makes one for a person whose token it has
 * checked, a service one for itself.
 */
@ApplicationScoped
public class InternalTokens {
    public static final String ISSUER = "snowball";
    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final int KEY_LENGTH_MIN = 32;
    private static final int USERS_MAX = 10_000;

    private final String key;
    private final String application;
    private final Clock clock;
    private final Map<List<Object>, Minted> ofUsers = new ConcurrentHashMap<>();
    private volatile @Nullable Minted own;

    InternalTokens(SnowballConfig config, Clock clock) {
        this.key = config.internalKey();
        this.application = config.service();
        this.clock = clock;
    }

    private record Minted(String token, Instant renewAt) {}

    void check(@Observes StartupEvent event) {
        if (key.length() < KEY_LENGTH_MIN) {
            throw new IllegalStateException("SNOWBALL_INTERNAL_KEY must have at least " + KEY_LENGTH_MIN
                    + " characters; make one with: openssl rand -base64 48");
        }
    }

    /** For calling a sibling. Kept until half its life is over: signing each call would be work for nothing. */
    public String forSiblings() {
        Minted current = own;
        Instant now = clock.instant();
        if (current == null || now.isAfter(current.renewAt())) {
            current = new Minted(mint(application, application, Set.of(Roles.SERVICE)), now.plus(LIFE.dividedBy(2)));
            own = current;
        }
        return current.token();
    }

    /**
     * For a user at the door, who makes many calls: kept as our own is. With other roles it is another token.
     *
     * @param userId the user's id, never an e-mail address
     */
    public String forUser(String userId, String login, Set<String> roles) {
        List<Object> user = List.of(userId, login, roles);
        Instant now = clock.instant();
        Minted current = ofUsers.get(user);
        if (current == null || now.isAfter(current.renewAt())) {
            current = new Minted(mint(userId, login, roles), now.plus(LIFE.dividedBy(2)));
            if (ofUsers.size() >= USERS_MAX) {
                ofUsers.clear();
            }
            ofUsers.put(user, current);
        }
        return current.token();
    }

    /** @param userId the user's id, never an e-mail address */
    public String mint(String userId, String login, Set<String> roles) {
        Instant now = clock.instant();
        return Jwt.issuer(ISSUER)
                .subject(userId)
                .upn(login)
                .groups(roles)
                .issuedAt(now)
                .expiresAt(now.plus(LIFE))
                .signWithSecret(key);
    }
}
