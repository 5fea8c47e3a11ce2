package io.snowball.platform.security;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.util.KeyUtils;
import io.snowball.platform.SnowballConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;

class InternalTokenCheck {
    /**
     * What every service accepts, made here and not by settings, so that no setting can widen it: HS256 under our key, our
     * issuer, not older than it says.
     */
    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    JWTAuthContextInfo accepted(SnowballConfig config) {
        JWTAuthContextInfo accepted = new JWTAuthContextInfo();
        accepted.setSecretVerificationKey(KeyUtils.createSecretKeyFromSecret(config.internalKey()));
        accepted.setSignatureAlgorithm(Set.of(SignatureAlgorithm.HS256));
        accepted.setIssuedBy(InternalTokens.ISSUER);
        accepted.setClockSkew(10);
        return accepted;
    }
}
