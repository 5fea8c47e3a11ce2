package io.snowball.gateway.token;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.logging.Log;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.snowball.gateway.GatewayConfig;
import io.snowball.gateway.ProblemAnswer;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.problem.ProblemException;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code Authorization: Bearer}. Only the API asks who is there; pages and public links do not look at it. */
@ApplicationScoped
class BearerMechanism implements HttpAuthenticationMechanism {
    private static final String API = "/api/";
    private static final String SCHEME = "Bearer ";
    private static final String FAILURE = BearerMechanism.class.getName();
    private static final int RETRY_AFTER_SECONDS = 5;

    private final OwnTokens own;
    private final ProviderTokens provider;
    private final boolean providerOnly;

    BearerMechanism(OwnTokens own, ProviderTokens provider, GatewayConfig config) {
        this.own = own;
        this.provider = provider;
        this.providerOnly = config.oidc().issuer().isPresent();
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager manager) {
        return bearer(context)
                .map(token -> providerOnly ? provider.check(token) : own.check(token))
                .map(checked -> checked.map(BearerMechanism::identity)
                        .onFailure(failure -> !(failure instanceof AuthenticationFailedException))
                        .transform(failure -> unavailable(context, failure)))
                .orElseGet(Uni.createFrom()::nullItem);
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom()
                .item(new ChallengeData(HttpResponseStatus.UNAUTHORIZED.code(), "WWW-Authenticate", "Bearer"));
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        @Nullable ProblemException failure = context.get(FAILURE);
        ProblemAnswer.send(context, failure == null ? refused(context) : failure);
        return Uni.createFrom().item(true);
    }

    private static ProblemException refused(RoutingContext context) {
        return CommonProblem.UNAUTHORIZED.with(
                bearer(context).isPresent()
                        ? "The token is not valid here, or no longer: sign in again"
                        : "Send a token: Authorization: Bearer …");
    }

    private static Optional<String> bearer(RoutingContext context) {
        String header = context.request().getHeader("Authorization");
        boolean asks = context.normalizedPath().startsWith(API)
                && header != null
                && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        return asks ? Optional.of(header.substring(SCHEME.length()).trim()) : Optional.empty();
    }

    private static SecurityIdentity identity(Caller caller) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(caller)
                .addRoles(caller.roles())
                .build();
    }

    /** The token may be good: that it can't be looked at is no 401, which would sign people out. */
    private static AuthenticationFailedException unavailable(RoutingContext context, Throwable failure) {
        if (failure instanceof ProblemException problem) {
            context.put(FAILURE, problem);
        } else {
            Log.error("A token could not be checked", failure);
            context.put(
                    FAILURE,
                    ProblemException.unavailable("Tokens can't be checked at this moment", RETRY_AFTER_SECONDS));
        }
        return new AuthenticationFailedException(failure);
    }
}
