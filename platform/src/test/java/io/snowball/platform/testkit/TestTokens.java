package io.snowball.platform.testkit;

import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import io.smallrye.jwt.build.Jwt;
import io.snowball.platform.security.InternalTokens;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;

/** Requests in somebody's name: {@code TestTokens.as("marketer").get("/api/v1/segments")}. The answer must keep to the contract. */
public final class TestTokens {
    private TestTokens() {}

    public static RequestSpecification as(String... roles) {
        return RestAssured.given().filter(ContractConformance.filter()).auth().oauth2(token(roles));
    }

    public static RequestSpecification anonymous() {
        return RestAssured.given().filter(ContractConformance.filter());
    }

    public static String token(String... roles) {
        Instant now = Instant.now();
        return Jwt.issuer(InternalTokens.ISSUER)
                .subject(new UUID(0, 1).toString())
                .upn("test")
                .groups(Set.of(roles))
                .issuedAt(now)
                .expiresAt(now.plusSeconds(600))
                .signWithSecret(ConfigProvider.getConfig().getValue("snowball.internal-key", String.class));
    }
}
